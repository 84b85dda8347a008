/* Settings of service.conf for mail and text messages. */
#include <ctype.h>
#include <string.h>

#include "base/base.h"
#include "config/config.h"
#include "config/read.h"

#define SENDER_LETTERS	11	/* of a name as sender (GSM 03.40, 9.1.2.5) */

/* Whether the host after "scheme://" is this machine. */
static bool
is_local(const char *host)
{
	size_t length = strcspn(host, ":/");

	return (length == 9 && strncmp(host, "localhost", 9) == 0) ||
	    (length == 9 && strncmp(host, "127.0.0.1", 9) == 0);
}

/* Whether the text is host[:port], with a path if `path` permits one. */
static bool
host_right(const char *host, bool path)
{
	const char *c = host;

	while (isalnum((unsigned char)*c) || *c == '.' || *c == '-')
		c++;
	if (c == host)
		return false;
	if (*c == ':') {
		size_t digits = strspn(++c, "0123456789");

		if (digits < 1 || digits > 5)
			return false;
		c += digits;
	}
	if (path && *c == '/')
		while (*c > ' ' && *c <= '~' && strchr("\"\\<>#@", *c) == NULL)
			c++;
	return *c == '\0';
}

static int
key_smtp(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into, *host;

	if (key_text(reader, setting, key, into) == -1)
		return -1;
	host = strstr(*field, "://");
	if ((strncmp(*field, "smtp://", 7) != 0 && strncmp(*field, "smtps://", 8) != 0) ||
	    !host_right(host + 3, false))
		return key_fault(reader, setting, key, "%s \"%s\" is not smtp://host:port or "
		    "smtps://host:port", key->name, *field);
	return 0;
}

static int
key_gateway(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into;
	bool right;

	if (key_text(reader, setting, key, into) == -1)
		return -1;
	if (strncmp(*field, "http://", 7) == 0)
		right = is_local(*field + 7) && host_right(*field + 7, true);
	else
		right = strncmp(*field, "https://", 8) == 0 && host_right(*field + 8, true);
	if (!right)
		return key_fault(reader, setting, key, "%s \"%s\" is not an https address; http "
		    "is for this machine alone", key->name, *field);
	return 0;
}

static int
key_address(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into;

	if (key_text(reader, setting, key, into) == -1)
		return -1;
	if (!address_right(*field))
		return key_fault(reader, setting, key, "%s \"%s\" is not an e-mail address",
		    key->name, *field);
	return 0;
}

/* A number in international form, or a name of letters and digits. */
static int
key_sender(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into, *text;
	size_t digits, letters = 0;

	if (key_text(reader, setting, key, into) == -1)
		return -1;
	text = *field;
	digits = text[0] == '+' ? strspn(text + 1, "0123456789") : 0;
	while (isalnum((unsigned char)text[letters]))
		letters++;
	if ((digits >= 7 && digits <= 15 && text[digits + 1] == '\0') ||
	    (letters <= SENDER_LETTERS && text[letters] == '\0' && !isdigit((unsigned char)*text)))
		return 0;
	return key_fault(reader, setting, key, "%s \"%s\" is neither a number with + nor 1-%d "
	    "letters and digits", key->name, text, SENDER_LETTERS);
}

static int
key_path(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into, *written = setting_text(reader, setting, key, false);
	struct buffer path = { 0 };

	if (written == NULL)
		return -1;
	path_resolve(&path, reader->config.file, written);
	*field = memory_keep(reader, &path);
	return 0;
}

/* In basic authentication a colon ends the name, so a name cannot have one. */
static int
key_user(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char **field = into;

	if (key_text(reader, setting, key, into) == -1)
		return -1;
	if (strchr(*field, ':') != NULL)
		return key_fault(reader, setting, key, "%s \"%s\" holds a colon", key->name,
		    *field);
	return 0;
}

static int
pair_check(struct reader *reader, config_setting_t *group, const char *user,
    const char *password_file)
{
	if ((user == NULL) == (password_file == NULL))
		return 0;
	return setting_fault(reader, group, "user and password_file go together; write both, "
	    "or none");
}

#define MAIL(field)	offsetof(struct config_mail, field)
#define SMS(field)	offsetof(struct config_sms, field)

static const struct key mail_keys[] = {
	{ "url", "\"smtp://127.0.0.1:25\"", key_smtp, MAIL(url), .required = true, .most = 200 },
	{ "from", "\"ungdom@example.se\"", key_address, MAIL(from), .required = true,
	    .most = 254 },
	{ "user", "\"ungdom\"", key_user, MAIL(user), .most = 200 },
	{ "password_file", "\"mail.password\"", key_path, MAIL(password_file), .most = 200 }
};

static const struct key sms_keys[] = {
	{ "url", "\"https://sms.example.se/send\"", key_gateway, SMS(url), .required = true,
	    .most = 400 },
	{ "from", "\"+46701740605\"", key_sender, SMS(from), .required = true, .most = 20 },
	{ "user", "\"ungdom\"", key_user, SMS(user), .most = 200 },
	{ "password_file", "\"sms.password\"", key_path, SMS(password_file), .most = 200 }
};

int
key_mail(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	struct config_mail *mail = into;

	mail->line = (int)config_setting_source_line(setting);
	if (keys_read(reader, setting, key->name, mail_keys, COUNT_OF(mail_keys), mail) == -1)
		return -1;
	return pair_check(reader, setting, mail->user, mail->password_file);
}

int
key_sms(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	struct config_sms *sms = into;

	sms->line = (int)config_setting_source_line(setting);
	if (keys_read(reader, setting, key->name, sms_keys, COUNT_OF(sms_keys), sms) == -1)
		return -1;
	return pair_check(reader, setting, sms->user, sms->password_file);
}

int
key_clock(struct reader *reader, config_setting_t *setting, const struct key *key, void *into)
{
	const char *text = setting_text(reader, setting, key, false);
	int *field = into;

	if (text == NULL)
		return -1;
	*field = strlen(text) == 5 ? clock_parse(text) : -1;
	if (*field == -1)
		return key_fault(reader, setting, key, "%s \"%s\" is not a time of the day",
		    key->name, text);
	return 0;
}
