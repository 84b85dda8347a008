#include <string.h>

#include "web/absence.h"
#include "web/brochures.h"
#include "web/codes.h"
#include "web/colleagues.h"
#include "web/handover.h"
#include "web/messages.h"
#include "web/outreach.h"
#include "web/staff_intake.h"
#include "web/web.h"

#define CALLERS	(1U << ROLE_COORDINATOR | 1U << ROLE_LEAD)
#define LEADERS	(1U << ROLE_LEAD | 1U << ROLE_ADMINISTRATOR)
#define EVERY	(CALLERS | LEADERS)
#define LEAD	(1U << ROLE_LEAD)
#define ENROLLERS	(EVERY | ROUTE_ENROLS)
#define UPLOADERS	(LEAD | ROUTE_UPLOADS)

const struct route routes[] = {
	{ METHOD_GET, "/health", 0, LANE_STAFF, web_health, { "workers" } },
	{ METHOD_GET, "/staff", 0, LANE_STAFF, staff_door, { "notice" } },
	{ METHOD_POST, "/staff", 0, LANE_SLOW, staff_sign_in, { "user", "passphrase" } },
	{ METHOD_GET, "/staff/code", 0, LANE_STAFF, staff_code, { NULL } },
	{ METHOD_POST, "/staff/code", 0, LANE_STAFF, staff_code_check, { "code" } },
	{ METHOD_POST, "/staff/out", ENROLLERS, LANE_STAFF, staff_sign_out, { NULL } },
	{ METHOD_GET, "/staff/me", EVERY, LANE_STAFF, staff_me, { "notice" } },
	{ METHOD_POST, "/staff/me/passphrase", EVERY, LANE_SLOW, staff_me_passphrase,
	    { "present", "fresh", "again" } },
	{ METHOD_POST, "/staff/me/session", EVERY, LANE_STAFF, staff_me_session, { "session" } },
	{ METHOD_POST, "/staff/me/sessions", EVERY, LANE_STAFF, staff_me_sessions, { NULL } },
	{ METHOD_GET, "/staff/me/factor", ENROLLERS, LANE_STAFF, staff_factor, { NULL } },
	{ METHOD_POST, "/staff/me/factor", ENROLLERS, LANE_SLOW, staff_factor_begin, { "passphrase" } },
	{ METHOD_POST, "/staff/me/factor/confirm", ENROLLERS, LANE_STAFF, staff_factor_confirm,
	    { "code" } },
	{ METHOD_POST, "/staff/me/factor/drop", EVERY, LANE_SLOW, staff_factor_drop,
	    { "passphrase", "code" } },
	{ METHOD_POST, "/staff/me/codes", EVERY, LANE_SLOW, staff_factor_codes, { "passphrase" } },
	{ METHOD_GET, "/staff/queue", CALLERS, LANE_STAFF, staff_queue,
	    { "mine", "queue", "area", "who", "interpreter", "sort", "after", "notice",
	    "case", "watch" } },
	{ METHOD_GET, "/staff/new", CALLERS, LANE_STAFF, staff_entry, { NULL } },
	{ METHOD_POST, "/staff/new", CALLERS, LANE_STAFF, staff_entry_make, { "way", "area", "who",
	    "knows", "age", "name", "phone", "contact", "when", "speak", "message", "take" } },
	{ METHOD_GET, "/staff/search", CALLERS, LANE_STAFF, staff_search_page, { NULL } },
	{ METHOD_POST, "/staff/search", CALLERS, LANE_SLOW, staff_search, { "find" } },
	{ METHOD_GET, "/staff/case/#", CALLERS, LANE_STAFF, staff_case, { "notice" } },
	{ METHOD_POST, "/staff/case/#/claim", CALLERS, LANE_STAFF, staff_claim, { NULL } },
	{ METHOD_POST, "/staff/case/#/attempt", CALLERS, LANE_STAFF, staff_attempt,
	    { "result", "note", "until" } },
	{ METHOD_POST, "/staff/case/#/undo", CALLERS, LANE_STAFF, staff_undo, { NULL } },
	{ METHOD_POST, "/staff/case/#/park", CALLERS, LANE_STAFF, staff_park, { "until", "note" } },
	{ METHOD_POST, "/staff/case/#/release", CALLERS, LANE_STAFF, staff_release, { "note" } },
	{ METHOD_POST, "/staff/case/#/note", CALLERS, LANE_STAFF, staff_note, { "note" } },
	{ METHOD_POST, "/staff/case/#/follow", CALLERS, LANE_STAFF, staff_follow,
	    { "until", "note" } },
	{ METHOD_POST, "/staff/case/#/close", CALLERS, LANE_STAFF, staff_close,
	    { "outcome", "note" } },
	{ METHOD_POST, "/staff/case/#/propose", CALLERS, LANE_STAFF, staff_propose,
	    { "outcome", "note" } },
	{ METHOD_POST, "/staff/case/#/confirm", CALLERS, LANE_STAFF, staff_confirm,
	    { "proposal" } },
	{ METHOD_POST, "/staff/case/#/object", CALLERS, LANE_STAFF, staff_object,
	    { "proposal", "note" } },
	{ METHOD_POST, "/staff/case/#/reopen", CALLERS, LANE_STAFF, staff_reopen, { NULL } },
	{ METHOD_POST, "/staff/case/#/begin", CALLERS, LANE_STAFF, staff_begin,
	    { "outcome", "call1", "call2", "call3", "note" } },
	{ METHOD_POST, "/staff/case/#/decline", CALLERS, LANE_STAFF, staff_decline, { "note" } },
	{ METHOD_POST, "/staff/case/#/remind", CALLERS, LANE_STAFF, staff_remind,
	    { "month", "year" } },
	{ METHOD_POST, "/staff/case/#/offer", CALLERS, LANE_STAFF, staff_handover_offer,
	    { "queue", "note", "stays", "yes", "agreed" } },
	{ METHOD_POST, "/staff/case/#/accept", CALLERS, LANE_STAFF, staff_handover_accept,
	    { NULL } },
	{ METHOD_POST, "/staff/case/#/return", CALLERS, LANE_STAFF, staff_handover_return,
	    { "reason" } },
	{ METHOD_POST, "/staff/case/#/withdraw", CALLERS, LANE_STAFF, staff_handover_withdraw,
	    { NULL } },
	{ METHOD_POST, "/staff/case/#/recuse", CALLERS, LANE_STAFF, staff_recuse, { NULL } },
	{ METHOD_POST, "/staff/case/#/link", CALLERS, LANE_STAFF, staff_link, { "other", "is" } },
	{ METHOD_POST, "/staff/case/#/share", CALLERS, LANE_STAFF, staff_share,
	    { "queue", "what", "agreed" } },
	{ METHOD_POST, "/staff/case/#/unshare", CALLERS, LANE_STAFF, staff_unshare, { "queue" } },
	{ METHOD_GET, "/staff/case/#/text", CALLERS, LANE_STAFF, staff_text, { "about" } },
	{ METHOD_POST, "/staff/case/#/text", CALLERS, LANE_STAFF, staff_text_send,
	    { "text", "step" } },
	{ METHOD_GET, "/staff/notices", CALLERS, LANE_STAFF, staff_notices, { "notice" } },
	{ METHOD_POST, "/staff/notices", CALLERS, LANE_STAFF, staff_notices_set,
	    { "address", "kind-*" } },
	{ METHOD_POST, "/staff/messages/resend", LEAD, LANE_STAFF, staff_message_resend,
	    { "message" } },
	{ METHOD_POST, "/staff/messages/drop", LEAD, LANE_STAFF, staff_message_drop,
	    { "message" } },
	{ METHOD_GET, "/staff/overview", LEADERS, LANE_SLOW, staff_overview,
	    { "period", "notice" } },
	{ METHOD_GET, "/staff/outreach", LEAD, LANE_SLOW, staff_outreach, { "period" } },
	{ METHOD_GET, "/staff/brochures", LEAD, LANE_STAFF, staff_brochures,
	    { "code", "kind", "language", "bleed", "notice" } },
	{ METHOD_POST, "/staff/brochures", LEAD, LANE_STAFF, staff_brochures_save,
	    { "code", "kind", "language", "bleed", "usual", "words-*" } },
	{ METHOD_GET, "/staff/brochures/print", LEAD, LANE_STAFF, staff_brochure_print,
	    { "code", "kind", "language", "bleed" } },
	{ METHOD_GET, "/staff/outreach.csv", LEAD, LANE_SLOW, staff_outreach_csv, { "period" } },
	{ METHOD_GET, "/staff/campaigns", LEAD, LANE_STAFF, staff_campaigns, { "notice" } },
	{ METHOD_POST, "/staff/campaigns", LEAD, LANE_STAFF, staff_campaign_add,
	    { "name", "from", "to", "code-*" } },
	{ METHOD_GET, "/staff/campaigns/#", LEAD, LANE_SLOW, staff_campaign, { "notice" } },
	{ METHOD_POST, "/staff/campaigns/#", LEAD, LANE_SLOW, staff_campaign_change,
	    { "name", "from", "to", "code-*" } },
	{ METHOD_POST, "/staff/campaigns/#/remove", LEAD, LANE_STAFF, staff_campaign_remove,
	    { NULL } },
	{ METHOD_GET, "/staff/colleagues", EVERY, LANE_SLOW, staff_colleagues, { "notice" } },
	{ METHOD_POST, "/staff/colleagues/invite", LEADERS, LANE_SLOW, staff_invite,
	    { "role", "queue-*" } },
	{ METHOD_POST, "/staff/colleagues/restore", EVERY, LANE_SLOW, staff_restore, { "user" } },
	{ METHOD_POST, "/staff/colleagues/withdraw", EVERY, LANE_SLOW, staff_withdraw,
	    { "invitation" } },
	{ METHOD_POST, "/staff/colleagues/join", LEAD, LANE_SLOW, staff_join, { "user", "queue" } },
	{ METHOD_POST, "/staff/colleagues/part", LEAD, LANE_SLOW, staff_part, { "user", "queue" } },
	{ METHOD_POST, "/staff/colleagues/deactivate", LEADERS, LANE_SLOW, staff_deactivate,
	    { "user" } },
	{ METHOD_POST, "/staff/colleagues/rotate", LEAD, LANE_SLOW, staff_rotate,
	    { "queue", "generation" } },
	{ METHOD_POST, "/staff/absence", CALLERS, LANE_SLOW, staff_absence,
	    { "user", "from", "to", "deputy" } },
	{ METHOD_POST, "/staff/absence/end", CALLERS, LANE_SLOW, staff_absence_end, { "user" } },
	{ METHOD_GET, "/staff/intake", LEAD, LANE_STAFF, staff_intake, { "area", "notice" } },
	{ METHOD_POST, "/staff/intake", LEAD, LANE_STAFF, staff_intake_change,
	    { "area", "do", "day", "back", "language", "words" } },
	{ METHOD_GET, "/staff/codes", LEAD, LANE_STAFF, staff_codes, { "notice" } },
	{ METHOD_POST, "/staff/codes", LEAD, LANE_STAFF, staff_code_make,
	    { "place", "channel", "area", "language", "first", "last" } },
	{ METHOD_POST, "/staff/codes/import", UPLOADERS, LANE_SLOW, staff_codes_import,
	    { "lines", "file", "channel", "area" } },
	{ METHOD_POST, "/staff/codes/change", LEAD, LANE_SLOW, staff_code_change,
	    { "code", "place", "channel", "area", "language", "first", "last" } },
	{ METHOD_POST, "/staff/codes/retire", LEAD, LANE_STAFF, staff_code_retire, { "code" } },
	{ METHOD_POST, "/staff/codes/revive", LEAD, LANE_STAFF, staff_code_revive, { "code" } },
	{ METHOD_GET, "/staff/codes/symbol", LEAD, LANE_SLOW, staff_symbol,
	    { "code", "as", "mm", "level", "dpi" } },
	/* Last of those under it: what is no other word is a code. */
	{ METHOD_GET, "/staff/codes/*", LEAD, LANE_SLOW, staff_code_page,
	    { "notice", "code", "as", "mm", "level", "dpi" } },
	{ METHOD_GET, "/staff/invitation/*", 0, LANE_STAFF, staff_invitation, { NULL } },
	{ METHOD_POST, "/staff/invitation/*", 0, LANE_SLOW, staff_accept,
	    { "user", "name", "passphrase" } },
};

const size_t routes_count = COUNT_OF(routes);

/* Whether path is pattern, with a case number where it has '#', a token where it ends in '*'. */
static bool
path_matches(const char *pattern, const char *path, int64_t *number)
{
	const char *hole = strchr(pattern, '#');
	char text[14];

	*number = 0;
	if (hole == NULL) {
		size_t open = strcspn(pattern, "*");

		if (pattern[open] == '\0')
			return strcmp(pattern, path) == 0;
		return strncmp(pattern, path, open) == 0 && strchr(path + open, '/') == NULL;
	}
	if (strncmp(pattern, path, (size_t)(hole - pattern)) != 0)
		return false;
	path += hole - pattern;
	if (strcspn(path, "/") != 13)
		return false;
	memcpy(text, path, 13);
	text[13] = '\0';
	return strcmp(hole + 1, path + 13) == 0 && number_parse(text, number) == 0;
}

enum answer
route_find(enum method method, const char *path, const struct route **route, int64_t *number,
    const char **allow)
{
	unsigned methods = 0;

	for (size_t i = 0; i < routes_count; i++) {
		if (!path_matches(routes[i].path, path, number))
			continue;
		if (routes[i].method == method) {
			*route = &routes[i];
			return FOUND;
		}
		methods |= (unsigned)routes[i].method;
	}
	if (methods == 0)
		return ABSENT;
	*allow = methods == METHOD_GET ? "GET, HEAD" : methods == METHOD_POST ? "POST" :
	    "GET, HEAD, POST";
	return FAILED;
}
