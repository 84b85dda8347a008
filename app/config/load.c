/* Reads service.conf as a whole, and checks settings that depend on each other. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "config/read.h"

#define KAA_REMINDER_MONTHS	3	/* the default: time enough to arrange a hand-over */
#define FILE_MAX	((size_t)1 << 20)
#define WAIT_MIN_MS	10	/* a shorter wait would only load the processor */
#define DIGEST_MINUTE	(8 * 60)	/* the default */

#define FIELD(field)	offsetof(struct reader, field)
#define OFFER_DAYS	2	/* the default */
#define TEXT_EXAMPLE	"{ sv = \"...\"; en = \"...\"; }"

/* Areas and queues stand before routes, which name them. */
static const struct key service_keys[] = {
	{ "name", "\"Ungdomsvägen\"", key_text, FIELD(config.service_name), .required = true,
	    .most = 80 },
	{ "base_url", "\"https://ungdom.example.se\"", key_text, FIELD(config.base_url),
	    .required = true, .most = 200 },
	{ "zone", "\"Europe/Stockholm\"", key_zone, FIELD(config.zone), .required = true,
	    .most = 60 },
	{ "demonstration", "false", key_flag, FIELD(config.demonstration),
	    .required = false },
	{ "session_minutes", "30", key_number, FIELD(config.session_minutes), .required = true,
	    .least = 5, .most = 720 },
	{ "second_factor", "\"required\"", key_word, FIELD(config.second_factor),
	    .most = 20, .words = &words_second_factor },
	{ "follow_days", "10", key_number, FIELD(config.follow_days), .required = true,
	    .least = 1, .most = 120 },
	{ "offer_days", "2", key_number, FIELD(config.offer_days), .least = 1, .most = 30 },
	{ "retention_months", "24", key_number, FIELD(config.retention_months),
	    .required = true, .least = 1, .most = 120 },
	{ "kaa_reminder_months", "3", key_number, FIELD(config.kaa_reminder_months),
	    .required = false, .least = 1, .most = 24 },
	{ "supervision_url", "\"https://www.digg.se/tdosanmalan\"", key_url,
	    FIELD(config.supervision_url), .required = true, .most = 200 },
	{ "accessibility_contact", "\"070-174 06 05\"", key_text,
	    FIELD(config.accessibility_contact), .required = true, .most = 120 },
	{ "security_contact", "\"mailto:sakerhet@example.se\"", key_uri,
	    FIELD(config.security_contact), .most = 200 },
	{ "conformance", TEXT_EXAMPLE, key_translated, FIELD(config.conformance),
	    .required = true, .most = 20000 },
	{ "privacy", TEXT_EXAMPLE, key_template, FIELD(privacy), .most = 20000 },
	{ "accessibility", TEXT_EXAMPLE, key_template, FIELD(accessibility), .most = 20000 },
	{ "crisis", "( { name = \"...\"; number = \"112\"; ... } )", key_crisis,
	    FIELD(config), .required = true },
	{ "mail", "{ url = \"smtp://127.0.0.1:25\"; from = \"ungdom@example.se\"; }", key_mail,
	    FIELD(config.mail), .required = false },
	{ "sms", "{ url = \"https://sms.example.se/send\"; from = \"+46701740605\"; }", key_sms,
	    FIELD(config.sms), .required = false },
	{ "digest", "\"08:00\"", key_clock, FIELD(config.digest_minute), .most = 20 },
	{ "closed", "[ \"2026-12-23\" ]", key_closed, FIELD(every), .most = 20 },
	{ "half", "( { day = \"2026-04-30\"; hours = \"08:00-12:00\"; } )", key_half,
	    FIELD(every), .most = 20 },
	{ "areas", "( { code = \"1781\"; ... } )", key_areas, FIELD(config), .required = true },
	{ "queues", "( { id = \"kristinehamn-unga\"; ... } )", key_queues, FIELD(config),
	    .required = true },
	{ "routes", "( { queue = \"kristinehamn-unga\"; } )", key_routes, FIELD(config),
	    .required = true }
};

/*
 * Refuses files that libconfig handles badly: it ends the process when an included file
 * cannot be read, stops at a NUL, and accepts text that is not UTF-8.
 */
static int
bytes_check(struct reader *reader, const struct buffer *file)
{
	const char *bytes = buffer_string(file), *end = bytes + file->length;
	int line = 1;

	for (const char *at = bytes; at < end; line++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((stop == NULL ? end : stop) - at);

		if (memchr(at, '\0', length) != NULL || !utf8_valid(at, length))
			return error_set(reader->error, ERROR_INPUT,
			    "%s:%d: the line is not UTF-8; save the file as UTF-8",
			    reader->config.file, line);
		if (strncmp(at + strspn(at, " \t"), "@include", 8) == 0)
			return error_set(reader->error, ERROR_INPUT,
			    "%s:%d: @include is not allowed; write all in one file",
			    reader->config.file, line);
		at = stop == NULL ? end : stop + 1;
	}
	return 0;
}

static int
tree_read(struct reader *reader, config_t *tree)
{
	struct buffer file = { 0 };
	int result = buffer_read_file(&file, reader->config.file, FILE_MAX, reader->error);

	if (result == 0)
		result = bytes_check(reader, &file);
	if (result == 0 && config_read_string(tree, buffer_string(&file)) != CONFIG_TRUE)
		result = error_set(reader->error, ERROR_INPUT, "%s:%d: %s; write each setting as "
		    "key = value; with texts in quotes, groups in { } and lists of groups in ( )",
		    reader->config.file, config_error_line(tree), config_error_text(tree));
	buffer_free(&file);
	return result;
}

static int
line_of(const config_setting_t *root, const char *name)
{
	const config_setting_t *setting = config_setting_get_member(root, name);

	return setting == NULL ? 1 : (int)config_setting_source_line(setting);
}

static int
base_url_settle(struct reader *reader, const config_setting_t *root)
{
	static const char wrong[] = "is not http(s)://host[:port] without a slash at the end";
	const char *given = getenv("EGENREMISS_URL");
	struct buffer copy = { 0 };

	if (!base_url_right(reader->config.base_url))
		return setting_fault(reader, config_setting_get_member(root, "base_url"),
		    "base_url \"%s\" %s; write base_url = \"https://ungdom.example.se\";",
		    reader->config.base_url, wrong);
	if (given == NULL || given[0] == '\0')
		return 0;
	if (strlen(given) > 200 || !base_url_right(given))
		return error_set(reader->error, ERROR_INPUT, "EGENREMISS_URL: \"%.200s\" %s; write "
		    "EGENREMISS_URL=https://ungdom.example.se", given, wrong);
	buffer_text(&copy, given);
	reader->config.base_url = memory_keep(reader, &copy);
	return 0;
}

/* A test may shorten a wait, but not lengthen it. */
static int
wait_settle(struct reader *reader, const char *name, int *wait, int most)
{
	const char *given = reader->config.demonstration ? getenv(name) : NULL;
	char *end;
	long value;

	*wait = most;
	if (given == NULL || given[0] == '\0')
		return 0;
	value = strtol(given, &end, 10);
	if (*end != '\0' || value < WAIT_MIN_MS || value > most)
		return error_set(reader->error, ERROR_INPUT, "%s: \"%.40s\" is not a number from %d "
		    "to %d; only tests set it", name, given, WAIT_MIN_MS, most);
	*wait = (int)value;
	return 0;
}

static int
waits_settle(struct reader *reader)
{
	struct config_waits *waits = &reader->config.waits;

	if (wait_settle(reader, "EGENREMISS_TEST_LOOK_MS", &waits->look, 1000) == -1 ||
	    wait_settle(reader, "EGENREMISS_TEST_ANSWER_MS", &waits->answer, 60000) == -1)
		return -1;
	return 0;
}

int
config_load(struct config *config, const char *path, struct error *error)
{
	struct reader reader = {
		.config.offer_days = OFFER_DAYS, .config.digest_minute = DIGEST_MINUTE, .error = error
	};
	struct memory *memory = calloc(1, sizeof(*memory));
	struct buffer file = { 0 };
	config_setting_t *root;

	if (memory == NULL)
		abort();
	*config = (struct config){ 0 };
	config_init(&memory->tree);
	reader.config.memory = memory;
	reader.config.kaa_reminder_months = KAA_REMINDER_MONTHS;
	buffer_text(&file, path);
	reader.config.file = memory_keep(&reader, &file);
	if (tree_read(&reader, &memory->tree) == -1)
		goto err;
	root = config_root_setting(&memory->tree);
	if (keys_read(&reader, root, "the service", service_keys, COUNT_OF(service_keys),
	    &reader) == -1 || base_url_settle(&reader, root) == -1 || waits_settle(&reader) == -1)
		goto err;
	reader.config.base_url_line = line_of(root, "base_url");
	reader.config.demonstration_line = line_of(root, "demonstration");
	*config = reader.config;
	return 0;
err:
	memory_free(memory);
	return -1;
}

void
config_free(struct config *config)
{
	memory_free(config->memory);
	*config = (struct config){ 0 };
}
