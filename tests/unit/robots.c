/* Who says of itself that it is no person: robots in full, telephones in full. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"
#include "rules/codes.h"

static void
robots_are_told_by_their_names(void **state)
{
	static const char *const agents[] = {
		"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
		"Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) "
		"Chrome/120.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
		"Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
		"Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
		"facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
		"facebookexternalhit/1.1 Facebot Twitterbot/1.0", "WhatsApp/2.23.20.0 A",
		"Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
		"TelegramBot (like TwitterBot)", "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
		"Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
		"Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots",
		"http.rb/5.1.1 (Mastodon/4.2.0; +https://social.example/)",
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36",
		"curl/7.88.1", "Wget/1.21.3", "python-requests/2.31.0", "Python/3.11 aiohttp/3.9.1",
		"Go-http-client/1.1", "okhttp/4.12.0", "Java/17.0.9", "Apache-HttpClient/4.5.14 (Java/17)",
		"W3C_Validator/1.3", "CUBOT crawler"
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(agents); i++) {
		if (!agent_is_robot(agents[i]))
			fail_msg("taken for a person: %s", agents[i]);
	}
}

static void
people_are_not(void **state)
{
	static const char *const agents[] = {
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
		"Version/17.2 Mobile/15E148 Safari/604.1",
		"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
		"Mozilla/5.0 (Linux; Android 9; CUBOT_NOTE_S) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.4664.45 "
		"Mobile Safari/537.36",
		"Mozilla/5.0 (Linux; U; Android 5.1; sv-se; Cubot X18 Build/NRD90M) AppleWebKit/537.36 Version/4.0",
		"Mozilla/5.0 (Linux; Android 13; SM-A536B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0 "
		"Chrome/115.0.0.0 Mobile Safari/537.36",
		"Mozilla/5.0 (Android 14; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 "
		"Instagram 311.0.0.0 (iPhone14,5; iOS 17_2; sv_SE; sv; scale=3.00)",
		"Mozilla/5.0 (Linux; Android 12; wv) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 "
		"[FBAN/EMA;FBLC/sv_SE;FBAV/380.0.0.0]",
		"Mozilla/5.0 (Linux; Android 11; wv) AppleWebKit/537.36 Chrome/110.0 Mobile Safari/537.36 QRScanner/3.1",
		"Opera/9.80 (J2ME/MIDP; Opera Mini/7.1; U; sv) Presto/2.12", ""
	};

	(void)state;
	assert_false(agent_is_robot(NULL));
	for (size_t i = 0; i < COUNT_OF(agents); i++) {
		if (agent_is_robot(agents[i]))
			fail_msg("taken for a robot: %s", agents[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(robots_are_told_by_their_names),
		cmocka_unit_test(people_are_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
