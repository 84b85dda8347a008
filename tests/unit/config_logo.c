/* Logos: what becomes a data: URL, and what is refused. */
#include "base/base.h"
#include "config/config.h"
#include "config_file.h"

static char logo_path[80];

static void
logo_write(const char *name, const void *bytes, size_t length)
{
	char setting[120];

	(void)snprintf(logo_path, sizeof(logo_path), "%s/%s", config_folder, name);
	if (bytes != NULL)
		file_write(logo_path, bytes, length);
	(void)snprintf(setting, sizeof(setting), "logo = \"%s\"; place = ", name);
	config_write("place = ", setting);
}

static void
assert_logo(const char *name, const void *bytes, size_t length, const char *url)
{
	struct config config;
	struct error error = { 0 };

	logo_write(name, bytes, length);
	if (config_load(&config, config_path, &error) == -1)
		fail_msg("%s", error.text);
	assert_string_equal(config.areas[0].logo, url);
	config_free(&config);
	(void)unlink(logo_path);
}

/* Lengths 0, 1 and 2 beyond a whole group of three. */
static void
becomes_a_data_url(void **context)
{
	(void)context;
	assert_logo("l.svg", "<svg/>", 6, "data:image/svg+xml;base64,PHN2Zy8+");
	assert_logo("l.svg", "<svg/>\n", 7, "data:image/svg+xml;base64,PHN2Zy8+Cg==");
	assert_logo("L.SVG", "<svg /> ", 8, "data:image/svg+xml;base64,PHN2ZyAvPiA=");
	assert_logo("l.png", "\x89PNG\r\n\x1a\n\x00\xff\xfe", 11,
	    "data:image/png;base64,iVBORw0KGgoA//4=");
	assert_logo("l.svg", "<svg><use href=\"#a\"/><path d=\"\"/> on</svg>", 42,
	    "data:image/svg+xml;base64,"
	    "PHN2Zz48dXNlIGhyZWY9IiNhIi8+PHBhdGggZD0iIi8+IG9uPC9zdmc+");
}

static const struct { const char *bytes, *complaint; } dangers[] = {
	{ "<svg><script>x</script></svg>", "<script" },
	{ "<svg><SCRIPT/></svg>", "<script" },
	{ "<!DOCTYPE svg><svg/>", "<!DOCTYPE" },
	{ "<!doctype svg [<!ENTITY a \"b\">]><svg/>", "<!DOCTYPE" },
	{ "<svg onload=\"x\"/>", "an on...= attribute" },
	{ "<svg a=\"\"onclick = 'x'/>", "an on...= attribute" },
	{ "<svg\nOnLoad\n=x/>", "an on...= attribute" },
	{ "<svg><use href=\"https://x\"/></svg>", "an href out of the file" },
	{ "<svg><image xlink:href = '//x'/></svg>", "an href out of the file" },
	{ "<svg><a href=\"data:text/html,x\"/></svg>", "an href out of the file" },
	{ "<svg><foreignObject/></svg>", "<foreignObject" },
	{ "<svg><style>@import 'x'</style></svg>", "@import" },
	{ "<svg><path fill=\"url(http://x)\"/></svg>", "url(http" },
	{ "<?xml-stylesheet href=\"#\"?><svg/>", "<?xml-stylesheet" }
};

static void
refuses_an_svg_with_scripts_or_links(void **context)
{
	char expected[200];

	(void)context;
	for (size_t i = 0; i < COUNT_OF(dangers); i++) {
		logo_write("l.svg", dangers[i].bytes, strlen(dangers[i].bytes));
		(void)snprintf(expected, sizeof(expected), "s.conf:19: logo l.svg holds %s; save "
		    "it as a plain SVG without it", dangers[i].complaint);
		assert_string_equal(config_complaint(), expected);
	}
	(void)unlink(logo_path);
}

static void
refuses_other_and_large_files(void **context)
{
	static const char large[3073] = "<svg/>";
	char expected[300];

	(void)context;
	logo_write("l.gif", NULL, 0);
	assert_string_equal(config_complaint(), "s.conf:19: logo l.gif is neither .svg nor .png; "
	    "write logo = \"image/kristinehamn.svg\";");
	logo_write("l.svg", "<svg/>\0", 7);
	assert_string_equal(config_complaint(),
	    "s.conf:19: logo l.svg is not an SVG in UTF-8; write the path of one");
	logo_write("l.svg", "GIF", 3);
	assert_string_equal(config_complaint(),
	    "s.conf:19: logo l.svg is not an SVG in UTF-8; write the path of one");
	logo_write("l.svg", large, sizeof(large));
	(void)snprintf(expected, sizeof(expected), "s.conf:19: logo %s: larger than 3072 bytes; "
	    "write the path of a drawing of at most 3072 bytes", logo_path);
	assert_string_equal(config_complaint(), expected);
	(void)unlink(logo_path);
	(void)snprintf(expected, sizeof(expected), "s.conf:19: logo %s: No such file or directory; "
	    "write the path of a drawing of at most 3072 bytes", logo_path);
	assert_string_equal(config_complaint(), expected);
	logo_write("l.png", "<svg/>", 6);
	assert_string_equal(config_complaint(),
	    "s.conf:19: logo l.png is not a PNG; write the path of one");
	(void)unlink(logo_path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(becomes_a_data_url),
		cmocka_unit_test(refuses_an_svg_with_scripts_or_links),
		cmocka_unit_test(refuses_other_and_large_files)
	};

	return cmocka_run_group_tests(tests, config_folder_make, config_folder_remove);
}
