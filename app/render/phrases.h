/* Texts and links that public pages and staff pages share. */
#ifndef EGENREMISS_RENDER_PHRASES_H
#define EGENREMISS_RENDER_PHRASES_H

#include "base/base.h"
#include "render/view.h"
#include "rules/rules.h"
#include "text/text.h"

/* phrases.c */

/* So many languages are offered at once; the others where they are asked for. */
#define LANGUAGES_SHOWN	3

/*
 * The links to each language, the given one marked and among the first
 * LANGUAGES_SHOWN; text_languages_count of them, never freed.
 */
const struct link_view *language_links(const struct language *current);
/* The remedy for a fault in a field of the form, other than FAULT_CHARACTERS: a msgid. */
const char *field_fault(enum field field, enum fault fault);
/*
 * Appends where in a typed text the first character is that cannot be taken, in that language.
 * False: there is none.
 */
bool	unusable_character(struct buffer *out, const struct language *language,
	    const char *written);

/* The languages that a person can choose to speak in; each has its own name for itself. */
#define SPOKEN_COUNT	9

#define SPOKEN_OTHER	"und"	/* another language, that the list does not have (ISO 639-2) */

/*
 * Writes all of them; the one of that tag is marked, none when it is NULL. The tag
 * itself when the list does not have it, so that no other is chosen for it; else NULL.
 */
const char *spoken_fill(struct speak_view languages[SPOKEN_COUNT], const char *tag);
/* The one of that tag or of what it is a kind of; NULL when the form does not offer it. */
const struct speak_view *spoken_language(const char *tag);

/*
 * Cuts a paragraph into at most that many pieces: telephone numbers, addresses of
 * the web and of mail, and the text between them; what is left when there are
 * more is the last one's. The pieces stand in *store, which has to live as long
 * and to have room for twice the paragraph and 32 bytes a piece. Returns how many.
 */
size_t	prose_parts(struct prose_part *part, size_t most, const char *paragraph, struct buffer *store);

/*
 * Renders the page prose.html with that text, which it frees: each line is a paragraph,
 * one after "# " a heading. `tag` is the language in which the text is written.
 */
void	prose_render(struct buffer *out, const struct language *language, struct prose_view *view,
	    struct buffer *prose, const char *tag);

/* The first sentence of the closed page: a lead's words, the catalogue's when they are NULL or "". */
const char *closed_words(const struct language *language, const char *words);
/* Appends the local day on which a closed intake opens: "torsdag 14 januari 2027". */
void	closed_opens(struct buffer *out, const struct language *language, int32_t day);

#endif
