#include "base/config_read.h"

#define CRISIS_MAX	20

#define FIELD(field)	offsetof(struct config_crisis_line, field)

static const struct key crisis_keys[] = {
	{ "name", "\"Självmordslinjen\"", key_text, FIELD(name), .required = true, .most = 60 },
	{ "number", "\"90101\"", key_phone, FIELD(number), .required = true, .least = 3,
	    .most = 30 },
	{ "about", "{ sv = \"Öppet dygnet runt.\"; }", key_translated, FIELD(about),
	    .required = true, .most = 400 },
	{ "checked", "\"2026-11-23\"", key_day, FIELD(checked_day), .required = true,
	    .most = 20 }
};

int
key_crisis(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	struct config *config = into;
	int length = list_length(reader, setting, key, CRISIS_MAX);

	if (length == -1)
		return -1;
	config->crisis = memory_take(reader, (size_t)length, sizeof(*config->crisis));
	for (int i = 0; i < length; i++) {
		config_setting_t *group = config_setting_get_elem(setting, (unsigned)i);

		if (keys_read(reader, group, "crisis line", crisis_keys, COUNT_OF(crisis_keys),
		    &config->crisis[i]) == -1)
			return -1;
		config->crisis[i].line = (int)config_setting_source_line(group);
		config->crisis_count++;
	}
	return 0;
}
