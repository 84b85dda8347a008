#include <string.h>
#include <strings.h>

#include "referral/visit.h"

/*
 * What robots call themselves, in any letter case, by their makers' own pages. A
 * word stands here when robots have it and no browser or telephone does: "scan"
 * does not, since people read codes with apps that are called so.
 */
static const char *const words[] = {
	/* that call: Googlebot, Applebot, Slackbot, TelegramBot, Twitterbot, UptimeRobot */
	"bot", "crawl", "spider", "slurp",
	/* good manners: where to read about the robot */
	"+http",
	/* previews in messengers: Facebook's, WhatsApp's (Signal's too), Teams', Snapchat's */
	"externalhit", "facebookcatalog", "whatsapp/", "preview", "embedly",
	/* browsers that a program drives */
	"headless", "lighthouse", "phantomjs",
	/* programs */
	"curl/", "wget/", "python", "go-http-client", "java/", "okhttp", "httpclient",
	"libwww", "axios/", "nmap", "zgrab", "validator"
};

/* Cubot is a make of telephones. */
static bool
is_cubot(const char *agent, const char *found)
{
	return found - agent >= 2 && strncasecmp(found - 2, "cubot", 5) == 0;
}

bool
agent_is_robot(const char *agent)
{
	if (agent == NULL)
		return false;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		const char *found = agent;

		while ((found = strcasestr(found, words[i])) != NULL) {
			if (!is_cubot(agent, found))
				return true;
			found++;
		}
	}
	return false;
}
