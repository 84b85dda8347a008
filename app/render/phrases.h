/* Words and links that pages of people and pages of staff both show. */
#ifndef EGENREMISS_RENDER_PHRASES_H
#define EGENREMISS_RENDER_PHRASES_H

#include "base/base.h"
#include "render/view.h"
#include "rules/rules.h"
#include "text/text.h"

/* phrases.c */

/* The links to each language, the given one marked; text_languages_count of them, never freed. */
const struct link_view *language_links(const struct language *current);
/* What to do about a field that was not filled in rightly: a msgid. */
const char *field_fault(enum field field, enum fault fault);

/* Languages that the form offers to talk in, each by its own name. */
#define SPOKEN_COUNT	9

#define SPOKEN_OTHER	"und"	/* another language, that the list does not have (ISO 639-2) */

/*
 * Writes all of them; the one of that tag is marked, none when it is NULL. The tag
 * itself when the list does not have it, so that no other is chosen for it; else NULL.
 */
const char *spoken_fill(struct speak_view languages[SPOKEN_COUNT], const char *tag);
/* The one of that tag or of what it is a kind of; NULL when the form does not offer it. */
const struct speak_view *spoken_language(const char *tag);

/* The first sentence of the closed page: a lead's words, the catalogue's when they are NULL or "". */
const char *closed_words(const struct language *language, const char *words);
/* Appends the local day on which a closed intake opens: "torsdag 14 januari 2027". */
void	closed_opens(struct buffer *out, const struct language *language, int32_t day);

#endif
