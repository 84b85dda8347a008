/* A right configuration to break, and a file to write it in. Included once a program. */
#ifndef CONFIG_FILE_H
#define CONFIG_FILE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/base.h"
#include "config/config.h"

static const char config_right[] =
    "name = \"Unga\";\n"						/* 1 */
    "base_url = \"https://unga.example.se\";\n"
    "zone = \"Europe/Stockholm\";\n"
    "session_minutes = 30;\n"
    "follow_days = 10;\n"						/* 5 */
    "retention_months = 24;\n"
    "supervision_url = \"https://www.digg.se/x\";\n"
    "accessibility_contact = \"070-174 06 05\";\n"
    "conformance = \"Delvis.\";\n"
    "privacy = { sv = \"Ring {phone}.\"; en = \"Ring {phone} now.\"; };\n"	/* 10 */
    "accessibility = \"Kom till {place}.\";\n"
    "closed = [ \"2026-12-23\" ];\n"
    "half = ( { day = \"2027-04-30\"; hours = \"08:00-12:00\"; } );\n"
    "crisis = (\n"
    "  { name = \"112\"; number = \"112\"; about = \"Fara.\"; checked = \"2026-11-23\"; }\n"
    ");\n"								/* 16 */
    "areas = (\n"
    "  { code = \"1781\"; slug = \"kristinehamn\"; name = \"Kristinehamn\";\n"
    "    phone = \"070-174 06 10\"; place = \"Torget 1\"; colour = \"#0b4a5e\";\n"
    "    responsible = \"Kommunen\"; },\n"				/* 20 */
    "  { code = \"1765\"; slug = \"arjang\"; name = \"Årjäng\";\n"
    "    phone = \"070-174 06 11\"; place = \"Torget 2\"; colour = \"#0B4A5E\";\n"
    "    responsible = \"Nämnden\"; open = false; opens = \"2027-08-16\"; }\n"
    ");\n"
    "queues = (\n"							/* 25 */
    "  { id = \"unga\"; name = \"Unga\"; phone = \"070-174 06 12\";\n"
    "    promise_days = 3; hours = \"08:00-16:30\"; message = true; },\n"
    "  { id = \"kaa\"; name = \"KAA\"; phone = \"070-174 06 13\";\n"
    "    promise_days = 2; closed = [ \"2026-12-22\" ];\n"
    "    half = ( { day = \"2026-12-23\"; hours = \"09:00-11:00\"; } );\n"	/* 30 */
    "    hours = { monday = \"09:00-12:00\"; friday = \"13:00-15:00\"; }; }\n"
    ");\n"
    "routes = (\n"
    "  { area = \"1781\"; age = [ \"15-17\", \"18-19\" ]; who = \"self\"; queue = \"kaa\"; },\n"
    "  { queue = \"unga\"; }\n"						/* 35 */
    ");\n";

static char config_folder[] = "/tmp/egenremiss-config-XXXXXX";
static char config_path[64];

static inline int
config_folder_make(void **context)
{
	(void)context;
	(void)unsetenv("EGENREMISS_URL");
	if (mkdtemp(config_folder) == NULL)
		return -1;
	(void)snprintf(config_path, sizeof(config_path), "%s/s.conf", config_folder);
	return 0;
}

static inline int
config_folder_remove(void **context)
{
	(void)context;
	(void)unlink(config_path);
	return rmdir(config_folder);
}

static inline void
file_write(const char *path, const void *bytes, size_t length)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

/* Writes the right configuration with the first `find` in it replaced. */
static inline void
config_write(const char *find, const char *replace)
{
	struct buffer text = { 0 };
	const char *at = strstr(config_right, find);

	assert_non_null(at);
	buffer_add(&text, config_right, (size_t)(at - config_right));
	buffer_text(&text, replace);
	buffer_text(&text, at + strlen(find));
	file_write(config_path, text.data, text.length);
	buffer_free(&text);
}

/* What config_load complains of, without the folder: "s.conf:3: ...". "" when nothing. */
static inline const char *
config_complaint(void)
{
	static struct error error;
	struct config config;

	error = (struct error){ 0 };
	if (config_load(&config, config_path, &error) == 0) {
		config_free(&config);
		return "";
	}
	assert_int_equal(error.kind, ERROR_INPUT);
	assert_null(config.areas);
	return strncmp(error.text, config_folder, strlen(config_folder)) == 0 ?
	    error.text + strlen(config_folder) + 1 : error.text;
}

/* A right configuration with one thing broken, and what is said of it. */
struct broken { const char *find, *replace, *complaint; };

static inline void
each_complains(const struct broken *broken, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		config_write(broken[i].find, broken[i].replace);
		assert_string_equal(config_complaint(), broken[i].complaint);
	}
}

/* Defines the test refuses_wrong_TABLE. */
#define TABLE_TEST(table)						\
	static void refuses_wrong_##table(void **context)			\
	{								\
		(void)context;						\
		each_complains(table, COUNT_OF(table));			\
	}

#endif
