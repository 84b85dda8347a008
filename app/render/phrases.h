/* Texts and links that public pages and staff pages share. */
#ifndef EGENREMISS_RENDER_PHRASES_H
#define EGENREMISS_RENDER_PHRASES_H

#include "base/base.h"
#include "render/view.h"
#include "rules/rules.h"
#include "text/text.h"

/* phrases.c */

/*
 * Returns text_languages_count links ("?lang=ar"), in the order of text_languages;
 * `current` is set in that of the language given. Never freed. Call it for each
 * language before threads start: the first call makes the links.
 */
const struct link_view *language_links(const struct language *current);
/* The remedy for a fault in a field of the form: a msgid. */
const char *field_fault(enum field field, enum fault fault);

/* The languages that a person can choose to speak in; each has its own name for itself. */
#define SPOKEN_COUNT	9

/* Writes all of them, and sets `chosen` in the one with that tag; tag may be NULL. */
void	spoken_fill(struct speak_view languages[SPOKEN_COUNT], const char *tag);
/* The language with that tag; NULL when the form does not offer it. */
const struct speak_view *spoken_language(const char *tag);

/* The first sentence of the closed page: `words` of a lead, or the catalogue's for NULL and "". */
const char *closed_words(const struct language *language, const char *words);
/* Appends the local day on which a closed intake opens: "torsdag 14 januari 2027". */
void	closed_opens(struct buffer *out, const struct language *language, int32_t day);

#endif
