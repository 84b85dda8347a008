/* What a coordinator may say when somebody else answers, by what the person has said. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include "base/base.h"
#include "render/pages.h"
#include "render/view.h"
#include "render/view_case.h"
#include "text/text.h"

#include <cmocka.h>

#define ASKS	"Kan jag få prata med"
#define LEAVES	"Okej, då ringer jag igen"

static void
others_are_asked_for_the_person_only_when_told_so(void **state)
{
	static const struct { const char *if_other, *said, *unsaid; } answers[] = {
		{ "ask-for-me", ASKS, LEAVES }, { "nothing", LEAVES, ASKS }, { NULL, LEAVES, ASKS },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		struct case_view view = {
			.name = "Alex", .first = "Anna", .ring_from = "070-174 06 11",
			.contact = "call", .opened = true, .who.word = "self", .if_other = answers[i].if_other
		};
		struct buffer page = { 0 };

		page_case(&page, text_languages[0], &view);
		assert_non_null(strstr(buffer_string(&page), answers[i].said));
		assert_null(strstr(buffer_string(&page), answers[i].unsaid));
		buffer_free(&page);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(others_are_asked_for_the_person_only_when_told_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
