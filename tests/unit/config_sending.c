/* How mails and texts leave: what is read, and what is refused with what to write instead. */
#include "base/base.h"
#include "config/config.h"
#include "config_file.h"

#define MAIL	"mail = { url = \"smtp://127.0.0.1:25\"; from = \"ungdom@example.se\"; }"
#define SMS	"sms = { url = \"https://sms.example.se/send\"; from = \"+46701740605\"; }"

/* What is set up stands after it, in the same line. */
#define LINE_4	"session_minutes = 30;"

static const struct broken mails[] = {
	{ LINE_4, LINE_4 " mail = { url = \"http://127.0.0.1\"; from = \"a@b.se\"; };",
	    "s.conf:4: url \"http://127.0.0.1\" is not smtp://host:port or smtps://host:port; "
	    "write url = \"smtp://127.0.0.1:25\";" },
	{ LINE_4, LINE_4 " mail = { url = \"smtp://\"; from = \"a@b.se\"; };",
	    "s.conf:4: url \"smtp://\" is not smtp://host:port or smtps://host:port; "
	    "write url = \"smtp://127.0.0.1:25\";" },
	{ LINE_4, LINE_4 " mail = { url = \"smtp://host/path\"; from = \"a@b.se\"; };",
	    "s.conf:4: url \"smtp://host/path\" is not smtp://host:port or smtps://host:port; "
	    "write url = \"smtp://127.0.0.1:25\";" },
	{ LINE_4, LINE_4 " mail = { url = \"smtp://me:secret@host\"; from = \"a@b.se\"; };",
	    "s.conf:4: url \"smtp://me:secret@host\" is not smtp://host:port or "
	    "smtps://host:port; write url = \"smtp://127.0.0.1:25\";" },
	{ LINE_4, LINE_4 " mail = { url = \"smtp://host:123456\"; from = \"a@b.se\"; };",
	    "s.conf:4: url \"smtp://host:123456\" is not smtp://host:port or smtps://host:port; "
	    "write url = \"smtp://127.0.0.1:25\";" },
	{ LINE_4, LINE_4 " mail = { url = \"smtp://host\"; from = \"ungdom\"; };",
	    "s.conf:4: from \"ungdom\" is not an e-mail address; write from = "
	    "\"ungdom@example.se\";" },
	{ LINE_4, LINE_4 " mail = { url = \"smtp://host\"; };",
	    "s.conf:4: mail has no from; write from = \"ungdom@example.se\";" },
	{ LINE_4, LINE_4 " mail = { from = \"a@b.se\"; };",
	    "s.conf:4: mail has no url; write url = \"smtp://127.0.0.1:25\";" },
	{ LINE_4, LINE_4 " mail = { url = \"smtp://host\"; from = \"a@b.se\"; user = \"u\"; };",
	    "s.conf:4: user and password_file go together; write both, or none" },
	{ LINE_4, LINE_4 " mail = { url = \"smtp://host\"; from = \"a@b.se\"; password_file = \"p\"; };",
	    "s.conf:4: user and password_file go together; write both, or none" },
	{ LINE_4, LINE_4 " mail = { url = \"smtp://host\"; from = \"a@b.se\"; user = \"a:b\"; "
	    "password_file = \"p\"; };",
	    "s.conf:4: user \"a:b\" holds a colon; write user = \"ungdom\";" },
	{ LINE_4, LINE_4 " mail = { url = \"smtp://host\"; from = \"a@b.se\"; password = \"p\"; };",
	    "s.conf:4: mail has no key \"password\"; its keys are url, from, user, "
	    "password_file" },
	{ LINE_4, LINE_4 " mail = \"smtp://host\";",
	    "s.conf:4: mail is not a group; write { url = \"smtp://127.0.0.1:25\"; ... }" }
};

static const struct broken texts[] = {
	{ LINE_4, LINE_4 " sms = { url = \"http://sms.example.se/send\"; from = \"Ungdom\"; };",
	    "s.conf:4: url \"http://sms.example.se/send\" is not an https address; http is for "
	    "this machine alone; write url = \"https://sms.example.se/send\";" },
	{ LINE_4, LINE_4 " sms = { url = \"http://127.0.0.1.example.se/\"; from = \"Ungdom\"; };",
	    "s.conf:4: url \"http://127.0.0.1.example.se/\" is not an https address; http is for "
	    "this machine alone; write url = \"https://sms.example.se/send\";" },
	{ LINE_4, LINE_4 " sms = { url = \"https://me@host/\"; from = \"Ungdom\"; };",
	    "s.conf:4: url \"https://me@host/\" is not an https address; http is for "
	    "this machine alone; write url = \"https://sms.example.se/send\";" },
	{ LINE_4, LINE_4 " sms = { url = \"file:///etc/passwd\"; from = \"Ungdom\"; };",
	    "s.conf:4: url \"file:///etc/passwd\" is not an https address; http is for "
	    "this machine alone; write url = \"https://sms.example.se/send\";" },
	{ LINE_4, LINE_4 " sms = { url = \"https://host/\"; from = \"Ungdomsvägen\"; };",
	    "s.conf:4: from \"Ungdomsvägen\" is neither a number with + nor 1-11 letters and "
	    "digits; write from = \"+46701740605\";" },
	{ LINE_4, LINE_4 " sms = { url = \"https://host/\"; from = \"0701740605\"; };",
	    "s.conf:4: from \"0701740605\" is neither a number with + nor 1-11 letters and "
	    "digits; write from = \"+46701740605\";" },
	{ LINE_4, LINE_4 " sms = { url = \"https://host/\"; from = \"+123\"; };",
	    "s.conf:4: from \"+123\" is neither a number with + nor 1-11 letters and "
	    "digits; write from = \"+46701740605\";" },
	{ LINE_4, LINE_4 " sms = { url = \"https://host/\"; from = \"Ungdom\"; user = \"u\"; };",
	    "s.conf:4: user and password_file go together; write both, or none" }
};

static const struct broken digests[] = {
	{ LINE_4, LINE_4 " digest = \"8:00\";",
	    "s.conf:4: digest \"8:00\" is not a time of the day; write digest = \"08:00\";" },
	{ LINE_4, LINE_4 " digest = \"24:00\";",
	    "s.conf:4: digest \"24:00\" is not a time of the day; write digest = \"08:00\";" },
	{ LINE_4, LINE_4 " digest = 8;",
	    "s.conf:4: digest is not a text in quotes; write digest = \"08:00\";" }
};

TABLE_TEST(mails)
TABLE_TEST(texts)
TABLE_TEST(digests)

static void
load(struct config *config, const char *settings)
{
	struct error error = { 0 };
	char line[400];

	(void)snprintf(line, sizeof(line), "%s %s", LINE_4, settings);
	config_write(LINE_4, line);
	if (config_load(config, config_path, &error) == -1)
		fail_msg("%s", error.text);
}

static void
reads_mail_and_sms(void **context)
{
	struct config config;
	char password[80];

	(void)context;
	load(&config, "mail = { url = \"smtps://mail.example.se:465\"; from = \"a@b.se\"; "
	    "user = \"u\"; password_file = \"mail.password\"; }; " SMS "; digest = \"07:30\";");
	/* A password's file is looked for beside the configuration. */
	(void)snprintf(password, sizeof(password), "%s/mail.password", config_folder);
	assert_string_equal(config.mail.url, "smtps://mail.example.se:465");
	assert_string_equal(config.mail.from, "a@b.se");
	assert_string_equal(config.mail.user, "u");
	assert_string_equal(config.mail.password_file, password);
	assert_string_equal(config.sms.url, "https://sms.example.se/send");
	assert_string_equal(config.sms.from, "+46701740605");
	assert_null(config.sms.user);
	assert_null(config.sms.password_file);
	assert_int_equal(config.digest_minute, 7 * 60 + 30);
	config_free(&config);
}

static void
mail_and_sms_may_be_left_out(void **context)
{
	struct config config;

	(void)context;
	load(&config, "");
	assert_null(config.mail.url);
	assert_null(config.sms.url);
	assert_int_equal(config.digest_minute, 8 * 60);
	config_free(&config);
	/* What stands in our own complaints as an example is right. */
	load(&config, MAIL "; " SMS "; digest = \"08:00\";");
	config_free(&config);
	/* A gateway on this machine needs no certificate. */
	load(&config, "sms = { url = \"http://localhost:8080/sms\"; from = \"Ungdom\"; };");
	config_free(&config);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_wrong_mails),
		cmocka_unit_test(refuses_wrong_texts),
		cmocka_unit_test(refuses_wrong_digests),
		cmocka_unit_test(reads_mail_and_sms),
		cmocka_unit_test(mail_and_sms_may_be_left_out)
	};

	return cmocka_run_group_tests(tests, config_folder_make, config_folder_remove);
}
