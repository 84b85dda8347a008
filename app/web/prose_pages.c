#include <string.h>

#include "page/pages.h"
#include "web/web.h"

#define PARAGRAPHS_MAX	64

/*
 * Cuts a text into paragraphs in place, at its line ends: the configuration
 * has made each paragraph one line. One that begins with "# " is a heading.
 */
static size_t
cut_paragraphs(char *text, struct prose_paragraph *paragraph)
{
	size_t count = 0;
	char *line, *rest = text;

	while ((line = strsep(&rest, "\n")) != NULL && count < PARAGRAPHS_MAX) {
		if (*line == '\0')
			continue;
		paragraph[count].heading = strncmp(line, "# ", 2) == 0;
		paragraph[count].text = paragraph[count].heading ? line + 2 : line;
		count++;
	}
	return count;
}

/* The paragraphs, in the language that the configuration has them in. */
static void
render_prose(struct buffer *out, const struct language *language, struct prose_view *view,
    struct buffer *prose, const char *tag)
{
	struct prose_paragraph paragraph[PARAGRAPHS_MAX];
	const struct language *written = text_language(tag, strlen(tag));

	view->tag = tag;
	view->dir = written != NULL ? written->dir : "ltr";
	view->paragraphs = paragraph;
	view->paragraphs_count = cut_paragraphs(prose->data, paragraph);
	page_prose(out, language, view);
	buffer_free(prose);
}

void
render_privacy(struct buffer *out, const struct language *language,
    const struct config_area *area)
{
	const char *const heading = N_("Så hanterar vi dina uppgifter");
	struct prose_view view = { .heading = text(language, heading) };
	struct buffer prose = { 0 };
	const char *tag;

	buffer_text(&prose, config_text(&area->privacy, language->tag, &tag));
	frame_public(&view.frame, language, area, heading);
	render_prose(out, language, &view, &prose, tag);
}

void
render_accessibility(struct buffer *out, const struct language *language,
    const struct config_area *area)
{
	const char *const heading = N_("Tillgänglighet");
	struct prose_view view = {
		.heading = text(language, heading),
		.accessibility = true,
		.supervision_url = site.config.supervision_url,
		.accessibility_contact = site.config.accessibility_contact,
	};
	struct buffer prose = { 0 };
	const char *tag;

	buffer_text(&prose, config_text(&area->accessibility, language->tag, &tag));
	buffer_text(&prose, "\n\n");
	buffer_text(&prose, config_text(&site.config.conformance, language->tag, &tag));
	frame_public(&view.frame, language, area, heading);
	render_prose(out, language, &view, &prose, tag);
}
