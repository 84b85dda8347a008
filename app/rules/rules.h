/*
 * Pure rules: what a submission must hold, which queue it goes to, by when
 * somebody rings, what may happen to a case. No I/O; the clock is passed in.
 */
#ifndef EGENREMISS_RULES_RULES_H
#define EGENREMISS_RULES_RULES_H

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"

/* What is wrong with what somebody has written. */
enum fault {
	FAULT_NONE = 0,
	FAULT_MISSING,		/* required and empty */
	FAULT_CHOICE,		/* not one of the values */
	FAULT_LONG,
	FAULT_CHARACTERS,	/* a control character */
	FAULT_LINE_BREAK,	/* within what is one line */
	FAULT_PHONE,
	FAULT_PHONE_ABROAD,	/* of another country, and without its + */
	FAULT_PHONE_EXTENSION,	/* with an extension, which cannot be dialled */
	FAULT_PHONE_TWO,	/* two numbers */
	FAULT_PERSONNUMMER,	/* a personnummer, which nobody is asked for */
	FAULT_LANDLINE,		/* right, and asked about once: a landline of somebody's own */
	FAULT_OWN_NAME,		/* likewise: the professional's own name as the youth's */
	FAULT_OWN_PHONE,	/* likewise: the number */
	FAULT_LANGUAGE		/* not a BCP 47 tag */
};

/* phone.c */

#define PHONE_MAX	17	/* "+", at most 15 digits (E.164), NUL */

/*
 * Reads a number as people write it: spaces, hyphens, slashes, dots,
 * parentheses, "(0)", 00 or +, the invisible marks that a contact card pastes
 * along, and words before the number ("tel:"), but none after it. Digits may
 * be Arabic-Indic, Persian, Thai or full-width.
 *
 * Without a country prefix it is Swedish: mobile 070/072/073/076/079 and 7
 * digits, landline 0 and 7-9 digits. A mobile number may lack its first 0, or
 * have 46 without +. Of the other 07 series 077 (offices) and 078 (opened for
 * mobiles later) can be rung, with 7 digits more. Series at which the caller
 * pays (0900, 0939, 0944, 099) are refused.
 *
 * With a country prefix, +46 follows the same rules, +45 has 8 digits, +47 8,
 * +358 5-12, +354 7 or 9, any other 7-15 in all. A 0 that is dialled only
 * inside a country is dropped.
 *
 * Writes E.164. 0, or -1 when it is no number that can be rung.
 */
int	phone_parse(const char *written, char e164[PHONE_MAX]);
enum phone_kind { PHONE_MOBILE, PHONE_LANDLINE, PHONE_ABROAD };
/* Of a number that phone_parse wrote; of other countries' numbers no more is told. */
enum phone_kind phone_kind(const char *e164);
/* Why phone_parse does not take it: one of the FAULT_PHONE, or FAULT_PERSONNUMMER. */
enum fault phone_fault(const char *written);
/* For reading: "070-174 06 05" for Swedish numbers, else "+47 ..." grouped. */
#define PHONE_SHOWN	32
void	phone_show(const char *e164, char shown[PHONE_SHOWN]);
/*
 * "tel:" and the number in E.164, or the digits of a number that has no such
 * form, for a link that dials (RFC 3966).
 */
#define PHONE_TEL	40
void	phone_tel(const char *number, char tel[PHONE_TEL]);

/* typed.c: what people type and paste */

#define NAME_MAX_CHARACTERS		80
#define MESSAGE_MAX	500
#define LANGUAGE_SIZE		36	/* of a BCP 47 tag, with NUL (RFC 5646, 4.4.1) */

enum typed_kind {
	TYPED_LINE,		/* a name, a number, a word: white space in it is one space */
	TYPED_TEXT		/* lines, ended by LF */
};

/*
 * Appends what was typed, clean and in NFC, trimmed. Tabs, form feeds, NEL and
 * every other space become a space; soft hyphens, zero-width characters and
 * what overrides direction vanish. Joiners stay between letters that join and
 * between pictures, variation selectors after what they vary. Marks of
 * direction and isolates vanish too, but stay in a TYPED_TEXT of both directions,
 * where they have a meaning; each isolate is then closed on its line.
 * FAULT_CHARACTERS, FAULT_LINE_BREAK, or FAULT_MISSING when nothing visible is
 * left; nothing is appended then. The caller wipes the buffer.
 */
enum fault typed_clean(const char *written, enum typed_kind kind, struct buffer *out);
/* Whether it is seen, or at least could be by itself. */
bool	typed_is_visible(uint32_t point);

/*
 * personnummer.c: whether a personnummer or samordningsnummer (day + 60) stands in
 * the text: a date, four digits and a right check digit (SKV 704), ten or twelve
 * in all, with a hyphen or not. Ten digits that can be a mobile number are one,
 * unless a hyphen or space stands where a personnummer has it.
 */
bool	personnummer_in(const char *text);

/* A name of any script, a TYPED_LINE. name is empty on a fault. */
enum fault text_input_name(const char *written, char name[NAME_MAX_CHARACTERS * 4 + 1]);
/* A TYPED_LINE of at most `points` characters, into points * 4 + 1 bytes; empty on a fault. */
enum fault text_input_line(const char *written, size_t points, char *line);
/* A TYPED_TEXT of at most `points` characters, into points * 4 + 1 bytes; empty on a fault. */
enum fault text_input_text(const char *written, size_t points, char *text);
/* Copies a language tag; FAULT_LANGUAGE when it is not formed like BCP 47. */
enum fault text_input_language(const char *written, char language[LANGUAGE_SIZE]);

/* submission.c */

/* Fields of the form, in the order in which it asks; base/fields.def has the table. */
enum field {
#define FIELD(id, name, member, kind, words, asked, required, kept, choose)	FIELD_##id,
#include "base/fields.def"
#undef FIELD
	FIELD_COUNT
};

/* The name under which a field is posted and sealed. */
const char *field_name(enum field field);

struct submission {
	const struct config_area *area;
	enum who who;
	enum age age;
	enum contact contact;
	enum window when;
	enum speak speak;		/* what is stored plain */
	enum workplace workplace;	/* WORKPLACE_COUNT unless professional */
	enum way way;			/* WAY_FORM by submission_check; others are a coordinator's to set */
	int sure;			/* of words_sure; -1 when nothing has been asked yet */
	int agreed;			/* of words_yes_no; professional */
	int knows;			/* of words_yes_no; relative */
	char name[NAME_MAX_CHARACTERS * 4 + 1];
	char phone[PHONE_MAX];
	char language[LANGUAGE_SIZE];	/* what FIELD_SPEAK says, a tag */
	char helper_name[NAME_MAX_CHARACTERS * 4 + 1];
	char helper_phone[PHONE_MAX];
	char message[MESSAGE_MAX * 4 + 1];
};

enum submission_result {
	SUBMISSION_OK,
	SUBMISSION_FAULTY,	/* faults[] says where */
	SUBMISSION_NOT_AGREED,	/* a professional without the youth's yes */
	SUBMISSION_UNKNOWN	/* a field that the contract does not name */
};

/*
 * Checks a decoded form against the contract (DOMAIN.md, "The form"). `area`
 * is the area of the address that was posted to; a differing `area` field is
 * FAULT_CHOICE. Fields of another kind of submitter are ignored, since a
 * hidden branch is posted too; a message that the area does not ask for is
 * SUBMISSION_UNKNOWN, so that nothing is lost in silence. `page_language` is
 * the default of `speak`, and "sv" its own. An empty value is a missing one.
 * Without a valid `who` the fields common to all kinds are still checked, so
 * that one round shows what can be shown. A professional's `agreed=no` is an
 * answer, given at once whatever else is wrong. What is right and probably not
 * meant is asked about once (FAULT_LANDLINE, FAULT_OWN_NAME, FAULT_OWN_PHONE):
 * `sure` says that it has been. The caller wipes *submission,
 * which is whole only after SUBMISSION_OK.
 */
enum submission_result submission_check(const struct form *form,
	    const struct config_area *area, const char *page_language,
	    struct submission *submission, enum fault faults[FIELD_COUNT]);
/*
 * Appends what is sealed, as a form (see base.h); only what this kind of
 * submitter says. Reserves first: no copy is left behind by growing.
 */
void	submission_encode(const struct submission *submission, struct buffer *out);
/*
 * The first way in: what a coordinator wrote down is INFLOW_PHONE, by telephone
 * or at a visit; self and relative by themselves, a professional by workplace.
 */
enum inflow submission_inflow(const struct submission *submission);
/* Outside 15-29 (under15, 30plus): still received, told so on the receipt. */
bool	submission_outside(enum age age);

/* routing.c */

struct routing_key {
	const char *area;
	enum age age;
	enum who who;
	enum speak speak;
};

/* First match wins. Never NULL for a configuration that passed routing_check. */
const struct config_route *routing_find(const struct config *config,
	    const struct routing_key *key);
/*
 * Marks each queue into which something from that area can come; reached has
 * one for each of config->queues. The others are left as they are.
 */
void	routing_reach(const struct config *config, const char *area, bool *reached);
/*
 * Proves that each combination of area, age, kind and language finds a route
 * to a queue that exists, that the last route is without condition, and that
 * no route before it is dead (never first for any combination). 0, or -1 with
 * the first breach named.
 */
int	routing_check(const struct config *config, struct error *error);

/*
 * workdays.c: lag 1989:253 as it has read since 2005, and the eves that follow
 * no such law but are days off. Years 1583-9999.
 */

/* Saturdays, Sundays, public holidays, midsommarafton, julafton, nyårsafton. */
bool	workdays_is_off(int32_t day);
/* The name of the holiday or eve in Swedish, NULL for other days (Saturdays too). */
const char *workdays_holiday(int32_t day);
/* Easter Sunday of the Gregorian calendar. */
int32_t	workdays_easter(int year);

/*
 * duetime.c: an open day is one on which the queue has hours. Moments are
 * closing times by the local clock, whatever daylight saving does. A queue
 * that does not open within two years, which no valid configuration has, gets
 * a whole day (86 400 s) for each day asked for.
 */

/* The queue's hours that day: weekday hours unless off or special. opens == closes: closed. */
struct config_hours duetime_hours(const struct config_queue *queue, int32_t day);
/* Whether somebody sits at the telephones at that moment. */
bool	duetime_is_open(const struct config_queue *queue, int64_t at);
/* The first moment from `at` on when somebody does; `at` itself when they do already. */
int64_t	duetime_opens(const struct config_queue *queue, int64_t at);
/* The promise: closing time of the promise_days-th open day after the day of received_at. */
int64_t	duetime_first(const struct config_queue *queue, int64_t received_at);
/*
 * When to have tried again after an attempt at `at` that did not reach.
 *
 * A day has two halves that meet at 12:00 local time, and a half can be used
 * when the queue is open for at least an hour of it. The half to try is the
 * one the person named, else the other than that of `at`. It is tried
 * - the same day, when it is the afternoon, `at` is before noon, and the
 *   afternoon can be used;
 * - else on the next open day where it can be used: among the next ten when
 *   the person named it, else only the very next, since a day's delay is
 *   worse than the same half again;
 * - else on the next open day, in whatever hours it has.
 * The answer is the end of that half: noon or closing time if that is earlier
 * for a morning, closing time for an afternoon and for the last case.
 */
int64_t	duetime_retry(const struct config_queue *queue, enum window window, int64_t at);
enum retry_reason {
	RETRY_OTHER_HALF,	/* the other half of the same day */
	RETRY_OTHER_HALF_NEXT,	/* the other half, of the next open day */
	RETRY_WINDOW,		/* the half that the person named */
	RETRY_HOURS		/* no such half can be used: the queue's next hours */
};
struct retry {
	int64_t at;		/* what duetime_retry says */
	enum window half;	/* whose end that is; WINDOW_ANY for a whole day */
	enum retry_reason reason;
};
/* The same, with why it is then. */
struct retry duetime_retry_why(const struct config_queue *queue, enum window window, int64_t at);
/* Closing time of the first open day on or after `day`. */
int64_t	duetime_on(const struct config_queue *queue, int32_t day);
/* Closing time of the days-th open day after the day of `at`. */
int64_t	duetime_after(const struct config_queue *queue, int64_t at, int days);
/*
 * Working time: how many seconds of the queue's hours lie from one moment up to
 * the other; 0 when that is no later. Weekends, holidays and special days count
 * as duetime_hours has them, nights not at all, and an hour that daylight saving
 * skips or repeats within the hours as long as it lasts.
 */
int64_t	duetime_open_seconds(const struct config_queue *queue, int64_t from_at, int64_t to_at);

/* staying.c: how a case ends, and what is kept in mind while somebody stays on */

/*
 * Whether somebody takes over where the case ends: an employer, a school, an
 * authority, care. Closing with any other outcome needs a reason and a second
 * person (DOMAIN.md, "Channels and outcomes"; the words are those of the
 * reports' Figure 5).
 */
bool	outcome_is_received(enum outcome outcome);

#define PLAN_CALLS	3

/*
 * When to be in touch after work or studies began on the day of `at`, for
 * about three months (DOMAIN.md, "Calling"): after 2, 6 and 12 weeks, each at
 * closing time of the queue's first open day from then.
 */
void	plan_propose(const struct config_queue *queue, int64_t at, int64_t calls[PLAN_CALLS]);
/*
 * When to see to who takes over from KAA, which ends by the twentieth birthday
 * (skollagen 29 kap. 9 §): the first of the month, `months` before the month
 * (1-12) of that birthday. 0 when that month is past, or more than six years
 * ahead: nobody of 13 is a case.
 */
int64_t	reminder_at(int year, int month, int months, int64_t now);
/* Whether that reminder makes sense: the person is certainly, or may be, under 20. */
bool	reminder_fits(enum age age);

/* lifecycle.c: one table decides everything that may happen to a case. */

/* Who does it, seen from the case. */
enum actor {
	ACTOR_SYSTEM = 1,	/* the program itself: intake, purge */
	ACTOR_MEMBER = 2,	/* holds the queue's key */
	ACTOR_HOLDER = 4,	/* the member who has claimed it, or is deputy for who has */
	ACTOR_LEAD = 8,		/* a lead of the queue */
	ACTOR_RECEIVER = 16,	/* holds the key of the queue to which it is offered */
	ACTOR_PARTNER = 32,	/* holds the key of a queue that takes part */
	ACTOR_SECOND = 64,	/* a member, not the one who asks to close it */
	ACTOR_RELIEF = 128	/* a member, while the holder is away and has no deputy */
};

struct attempts {		/* what the no-contact rule asks about */
	int count;		/* that did not reach, message and text included */
	int days;		/* different local days */
	bool morning, afternoon;
	bool texted;
	bool may_text;		/* contact is not call-silent */
};

struct lifecycle_request {
	enum state from;
	enum act act;
	unsigned actor;		/* mask of enum actor */
	enum outcome outcome;	/* ACT_CLOSE, ACT_PROPOSE, ACT_CONFIRM, ACT_BEGIN */
	unsigned has;		/* outcomes that the case has already, as a mask */
	struct attempts attempts;
	int64_t now;
	/* ACT_PARK, ACT_BEGIN; of ACT_REACHED and ACT_FOLLOW the next contact, 0 computed. */
	int64_t until_at;
	int64_t last_at;	/* ACT_BEGIN: the last planned contact; until_at is the first */
	struct lifecycle_last {		/* of ACT_UNDO: what it takes back */
		enum act act;		/* the last that changed the case */
		enum state from;
		int64_t at;
		bool own;		/* by the same account */
	} last;
};

/* So long a mis-press can be taken back. */
#define UNDO_SECONDS	INT64_C(600)

enum lifecycle_verdict {
	LIFECYCLE_OK,
	LIFECYCLE_STATE,	/* not from this state */
	LIFECYCLE_ACTOR,	/* not by this actor */
	LIFECYCLE_ATTEMPTS,	/* the no-contact rule is not met */
	LIFECYCLE_UNTIL,	/* not a moment in the future within 366 days */
	LIFECYCLE_OUTCOME,	/* without an outcome that may be given by this act */
	LIFECYCLE_SECOND,	/* that outcome takes a reason and a second person: ACT_PROPOSE */
	LIFECYCLE_LATE		/* nothing that could still be taken back */
};

/* What a change does to the case's due time. */
enum lifecycle_due {
	DUE_KEEP, DUE_FIRST, DUE_RETRY, DUE_UNTIL, DUE_FOLLOW, DUE_NONE,
	DUE_NEXT,		/* the next open day */
	DUE_BACK		/* as before the act that is taken back */
};

/* Who holds the case afterwards. */
enum lifecycle_holder {
	HOLDER_KEEP, HOLDER_ACTOR, HOLDER_NOBODY,
	HOLDER_BACK		/* as before the act that is taken back */
};

struct lifecycle_step {
	enum state to;
	enum lifecycle_due due;
	enum lifecycle_holder holder;
};

/*
 * Fills *step only when LIFECYCLE_OK. ACT_RECEIVE is the birth, whatever state
 * `from` says. The state is judged before the actor, and both before what the act
 * itself demands.
 */
enum lifecycle_verdict lifecycle_judge(const struct lifecycle_request *request,
	    struct lifecycle_step *step);
/* At least three attempts on three days, both halves of the day, and a text if allowed. */
bool	lifecycle_no_contact_met(const struct attempts *attempts);
/* Whether some actor of this mask may do it from this state, guards aside: for buttons. */
bool	lifecycle_offers(enum state from, enum act act, unsigned actor);

/* parts.c: how a text message goes over the air */

#define SMS_SEGMENTS_MAX	6	/* of one message: a longer one is a letter */

struct parts {
	bool unicode;		/* UCS-2: some character is not GSM's */
	int units;		/* septets, or UTF-16 units */
	int count;		/* messages on the receiver's bill; 0 for an empty text */
	int left;		/* units until one more part begins */
};

/*
 * GSM 03.38's default alphabet with its extension table (whose characters take
 * two septets): 160 in one message, 153 in each of several. Any other
 * character makes it UCS-2: 70 UTF-16 units, 67 in each of several (GSM 03.40).
 * A pair of units is never parted. text is valid UTF-8.
 */
void	sms_segments_count(const char *text, struct parts *parts);

/* code.c: five characters of Crockford base 32 and a check character over GF(32). */

#define CODE_SIZE	7	/* six characters and NUL */

/*
 * Makes the code of 25 random bits, most significant first. With c_1 ... c_5
 * the values of its characters, the check character is the sum of a^i * c_i
 * over GF(32) = GF(2)[x] / (x^5 + x^2 + 1), a = x. The weights a ... a^5 and
 * its own 1 differ and none is zero: every single wrong character and every swap
 * of two is seen.
 */
void	code_make(uint32_t random25, char code[CODE_SIZE]);
/*
 * Any case; I and L read as 1, O as 0; spaces and hyphens are skipped. Writes
 * the code as code_make does. 0, or -1 when the check fails.
 */
int	code_parse(const char *written, char code[CODE_SIZE]);

/*
 * address.c: where an address leads that has been through chats, sentences and
 * copying by hand: percent-encoded once or twice, in Latin-1 too, in any letter
 * case, with marks, spaces and invisible characters around its pieces, and doubled
 * slashes; an area by its slug, name or code. A code is one only when its check
 * character is right.
 */
struct carried_address {
	enum address_kind { ADDRESS_NONE, ADDRESS_CODE, ADDRESS_AREA } kind;
	char code[CODE_SIZE];			/* ADDRESS_CODE: as code_make writes it */
	const struct config_area *area;		/* ADDRESS_AREA */
	const char *page;			/* of the area: "personuppgifter"; NULL its form */
	char language[LANGUAGE_SIZE];		/* of a query that had become part of the path, or "" */
};
void	address_read(const char *path, const struct config *config, struct carried_address *address);

/*
 * How well promises are kept: the rules by which a figure is counted, so that
 * the command, the browser and a report count alike.
 */

/* Fewer persons than this could be recognised in a figure (DOMAIN.md, "Channels and outcomes"). */
#define FIGURE_MIN	5

enum promise { PROMISE_KEPT, PROMISE_BROKEN, PROMISE_RUNNING };

/*
 * A promise is answered by the first attempt to reach the person, or by
 * closing; answered_at is 0 while it is not. Answered at the very moment that
 * was promised is kept. Unanswered it runs until that moment has passed.
 */
enum promise promise_judge(int64_t promised_at, int64_t answered_at, int64_t now);
/*
 * The nearest-rank quantile (type 1 of Hyndman and Fan, The American
 * Statistician 50, 1996): the least of the values that at least so many
 * hundredths of them do not exceed. It is always one of the values: of an even
 * number the median is the lower of the middle two. Orders the values; 0 of none.
 */
int64_t	promise_quantile(int64_t *values, size_t count, int hundredths);
/*
 * Whether a whole of so many persons, of whom so many are in one part and the
 * others in the other, can be told: not when it, or a part that is not empty, is
 * below FIGURE_MIN. Both parts are hidden then, since either follows from the
 * other and the whole.
 */
bool	promise_parts_shown(int64_t one, int64_t other);
/* The same of a whole in any number of parts. */
bool	parts_shown(const int64_t *parts, size_t count);

/*
 * letters.c: letters as somebody looks for them, whatever their case: small, and
 * what one is written with beside its plain form after it as a mark (Unicode's
 * canonical decomposition, by libunistring, which keeps no copy of a name).
 */

#define LETTER_MAX	4	/* a letter and its marks */

/* The plain small letter, then its marks. How many points that is. */
size_t	case_fold(uint32_t point, uint32_t folded[LETTER_MAX]);
/* Whether it is written above, under or through the letter before it. */
bool	letter_is_mark(uint32_t point);
/* Whether it stands between the words of a name. */
bool	letter_parts_words(uint32_t point);
bool	letter_is_alphanumeric(uint32_t point);
/* What a name is made up with, and nobody types. */
bool	letter_is_invisible(uint32_t point);

/*
 * wanted.c: what somebody who looks for a case has typed, and whether a person
 * is the one. Part of referral.h.
 */

#define SEARCH_QUERY_MAX	80

enum search_query_kind {
	SEARCH_QUERY_NOTHING,		/* empty, or nothing that can be looked for */
	SEARCH_QUERY_SHORT,		/* one letter: it would be in every other name */
	SEARCH_QUERY_LONG,		/* over SEARCH_QUERY_MAX */
	SEARCH_QUERY_DIGITS,		/* digits that are no whole telephone number */
	SEARCH_QUERY_REFERENCE,	/* formed as a case's number; perhaps a name all the same */
	SEARCH_QUERY_PHONE,
	SEARCH_QUERY_NAME
};

/* A name in small letters, each mark after its letter, a space between words. */
struct folded {
	size_t count;
	uint32_t point[NAME_MAX_CHARACTERS * 4];
};

/* The caller wipes it. */
struct search_query {
	enum search_query_kind kind;
	int64_t number;		/* SEARCH_QUERY_REFERENCE: the case's */
	char phone[PHONE_MAX];	/* SEARCH_QUERY_PHONE: E.164 */
	struct folded name;	/* SEARCH_QUERY_NAME and SEARCH_QUERY_REFERENCE */
};

void	search_query_read(const char *typed, struct search_query *search_query);
/*
 * Whether each word that was typed begins some word of the name, in whatever
 * order and case. A plain letter finds the same with any mark, "asa" finds
 * "Åsa"; one with a mark finds that alone, "åsa" not "Asa".
 */
bool	search_query_is_name(const struct search_query *search_query, const char *name);

#endif
