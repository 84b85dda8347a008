/*
 * The rules of the trade: what a submission must hold, which queue it goes to, when
 * somebody must ring, what may happen to a case. The functions are pure: they do no
 * I/O, and the caller passes the time. README.md names the sources of the rules.
 */
#ifndef EGENREMISS_RULES_RULES_H
#define EGENREMISS_RULES_RULES_H

#include "base/base.h"
#include "base/words.h"
#include "config/config.h"

/*
 * What is wrong with a typed text. FAULT_LANDLINE, FAULT_OWN_NAME and FAULT_OWN_PHONE are not
 * errors: the form asks once whether the text is meant so.
 */
enum fault {
	FAULT_NONE = 0,
	FAULT_MISSING,		/* required and empty */
	FAULT_CHOICE,		/* not one of the values */
	FAULT_LONG,
	FAULT_CHARACTERS,	/* a control character */
	FAULT_LINE_BREAK,	/* a line break where one line is asked for */
	FAULT_PHONE,
	FAULT_PHONE_ABROAD,	/* a foreign number without its + */
	FAULT_PHONE_EXTENSION,	/* a number with an extension, which cannot be dialled */
	FAULT_PHONE_TWO,	/* two numbers */
	FAULT_PERSONNUMMER,	/* a personnummer, which the service never asks for */
	FAULT_PHONE_WRONG,	/* the number that is known to be wrong */
	FAULT_LANDLINE,		/* a landline as the young person's own number */
	FAULT_OWN_NAME,		/* the professional's own name as the young person's */
	FAULT_OWN_PHONE,	/* the professional's own number as the young person's */
	FAULT_LANGUAGE		/* not a BCP 47 tag */
};

/* phone.c */

#define PHONE_MAX	17	/* "+", at most 15 digits (E.164), NUL */

/*
 * Reads a number as people write it. Spaces, hyphens, slashes, dots, parentheses,
 * "(0)", 00 or + are allowed, and the invisible characters that a contact card adds;
 * so are words before the number ("tel:"), but not after it. Digits may be
 * Arabic-Indic, Persian, Thai or full-width.
 *
 * Without a country prefix it is Swedish: mobile 070/072/073/076/079 and 7
 * digits, landline 0 and 7-9 digits. A mobile number may lack its first 0, or
 * have 46 without +. 077 and 078 with 7 more digits pass, too. Numbers for which the
 * caller pays extra (0900, 0939, 0944, 099) are refused.
 *
 * With a country prefix, +46 follows the same rules, +45 has 8 digits, +47 8,
 * +358 5-12, +354 7 or 9, any other 7-15 in all. A 0 that is dialled only
 * inside a country is dropped.
 *
 * Writes the number in E.164. 0, or -1 when nobody can ring it; e164 is then unchanged.
 */
int	phone_parse(const char *written, char e164[PHONE_MAX]);
enum phone_kind { PHONE_MOBILE, PHONE_LANDLINE, PHONE_NORWAY, PHONE_ABROAD, PHONE_KIND_COUNT };
/* Of a number that phone_parse wrote; of other countries' numbers no more is told. */
enum phone_kind phone_kind(const char *e164);
/* As pages name it to templates: "mobile". "abroad" for what is no kind. */
const char *phone_kind_word(enum phone_kind kind);
/* Why phone_parse does not take it: one of the FAULT_PHONE, or FAULT_PERSONNUMMER. */
enum fault phone_fault(const char *written);
/* Writes a number in groups: "070-174 06 05" for a Swedish one, otherwise "+47 ...". */
#define PHONE_SHOWN	32
void	phone_show(const char *e164, char shown[PHONE_SHOWN]);
/*
 * Writes the address of a link that dials (RFC 3966): "tel:" and the number in E.164,
 * or its digits alone when it has no such form ("tel:112").
 */
#define PHONE_TEL	40
void	phone_tel(const char *number, char tel[PHONE_TEL]);

/* text_input.c and typed.c: text as people type it */

#define NAME_MAX_CHARACTERS		80
#define MESSAGE_MAX	500	/* characters */
#define LANGUAGE_SIZE		36	/* of a BCP 47 tag, with NUL (RFC 5646, 4.4.1) */

enum typed_kind {
	TYPED_LINE,		/* a name, a number, a word: white space in it is one space */
	TYPED_TEXT		/* lines, ended by LF */
};

/*
 * typed.c: cleans text that a person has typed or pasted, and appends it in NFC, without
 * spaces at its ends. Tabs, form feeds, NEL and every other space become a space. Soft
 * hyphens, zero-width characters and characters that override direction vanish. Joiners
 * stay between letters that join and between pictures; variation selectors stay after
 * the character that they vary. Direction marks and isolates stay only in a TYPED_TEXT
 * that has both directions; each isolate is then closed on its line. Returns
 * FAULT_CHARACTERS or FAULT_LINE_BREAK, or FAULT_MISSING when nothing visible is left;
 * it then appends nothing. The caller wipes the buffer.
 */
enum fault typed_clean(const char *written, enum typed_kind kind, struct buffer *out);
/*
 * Finds the first character for which typed_clean returns FAULT_CHARACTERS: appends the word
 * before and the word after it on its line, cut to 20 characters, so that a person can find it.
 * False: there is none. The caller wipes the buffers.
 */
bool	typed_unusable(const char *written, struct buffer *before, struct buffer *after);
/* Whether the code point is visible, or could be when it stands alone. */
bool	typed_is_visible(uint32_t point);

/*
 * personnummer.c: whether the text has a personnummer or samordningsnummer (day + 60): a
 * date, four digits and a right check digit (SKV 704), ten or twelve digits in all, with
 * a hyphen or without. Ten digits that can be a mobile number are a mobile number, unless
 * a hyphen or a space stands where a personnummer has it.
 */
bool	personnummer_in(const char *text);

/*
 * Copies a name of any script, cleaned as a TYPED_LINE of at most NAME_MAX_CHARACTERS.
 * Returns the fault, or FAULT_NONE; on a fault name is empty.
 */
enum fault text_input_name(const char *written, char name[NAME_MAX_CHARACTERS * 4 + 1]);
/*
 * Copies a TYPED_LINE of at most `points` characters into points * 4 + 1 bytes. On a fault
 * line is empty.
 */
enum fault text_input_line(const char *written, size_t points, char *line);
/*
 * Copies a TYPED_TEXT of at most `points` characters into points * 4 + 1 bytes. On a fault
 * text is empty.
 */
enum fault text_input_text(const char *written, size_t points, char *text);
/*
 * A day as day_parse reads it, cleaned before, or "20270131". 0, or -1 when it is no day of the
 * years 2000-2199; *day is then unchanged.
 */
int	text_input_day(const char *written, int32_t *day);
/*
 * The year of a date outside these years, which is to be asked about: a browser makes the year
 * 14 of a date that was typed in one go. 0 for any other text.
 */
int	text_input_odd_year(const char *written);
/* Which of two names Swedish sorts first: below 0, 0 or above, as strcmp. Å, Ä, Ö are the last. */
int	swedish_order(const char *one, const char *other);
/* Copies a language tag. FAULT_LANGUAGE when it has not the form of BCP 47; it is then empty. */
enum fault text_input_language(const char *written, char language[LANGUAGE_SIZE]);

/* submission.c */

/* The fields of the form in its own order; see base/fields.def. */
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
	FORM_CHOICES(CHOICE_MEMBER)	/* what is stored plain */
	enum contact contact;
	enum way way;			/* submission_check leaves WAY_FORM; a caller may set another */
	int64_t came_at;		/* when it came, if earlier than it is stored; else 0 */
	int sure;			/* of words_sure; -1 when the form has not asked yet */
	int agreed;			/* of words_yes_no; from a professional */
	int knows;			/* of words_yes_no; from a relative */
	char name[NAME_MAX_CHARACTERS * 4 + 1];
	char phone[PHONE_MAX];
	char language[LANGUAGE_SIZE];	/* the tag that FIELD_SPEAK gives */
	char helper_name[NAME_MAX_CHARACTERS * 4 + 1];
	char helper_phone[PHONE_MAX];
	char message[MESSAGE_MAX * 4 + 1];
};

enum submission_result {
	SUBMISSION_OK,
	SUBMISSION_FAULTY,	/* faults[] names the fault of each field */
	SUBMISSION_NOT_AGREED,	/* a professional says that the young person has not agreed */
	SUBMISSION_UNKNOWN	/* the form has a field that is not among enum field */
};

/*
 * Checks a decoded form against base/fields.def. `area` is the area of the address
 * that the form was posted to; another value in the field `area` is FAULT_CHOICE. The
 * language is that of the field `speak`, else page_language, else "sv". An empty value
 * counts as missing. Fields of another kind of submitter are ignored, because a browser
 * posts hidden fields, too.
 *
 * SUBMISSION_UNKNOWN comes first; a message that the area does not take counts as
 * unknown, so that no text is lost in silence. Next comes SUBMISSION_NOT_AGREED,
 * whatever else is wrong. Only then are faults[] filled; without a valid `who` the
 * fields that all kinds have are checked all the same. *submission is complete after
 * SUBMISSION_OK alone; the caller wipes it after every result.
 */
enum submission_result submission_check(const struct form *form,
	    const struct config_area *area, const char *page_language,
	    struct submission *submission, enum fault faults[FIELD_COUNT]);
/* The fields that a coordinator may correct later. */
#define CORRECTED_FIELDS						\
	FIELD_NAME, FIELD_PHONE, FIELD_CONTACT, FIELD_SPEAK, FIELD_AGE, FIELD_WHEN

/*
 * Reads those of CORRECTED_FIELDS that the form has, with the form's own checks, into an
 * otherwise empty submission, which the caller wipes. True when none of them has a fault.
 */
bool	submission_correct(const struct form *form, struct submission *submission,
	    enum fault faults[FIELD_COUNT]);
/* The value of a field as it is posted and sealed; "" when it has none. */
const char *submission_value(const struct submission *submission, enum field field);
/*
 * Appends the fields that are sealed, encoded as a form (see base.h), without those
 * that this kind of submitter is not asked. Leaves no copy of them elsewhere in memory.
 */
void	submission_encode(const struct submission *submission, struct buffer *out);
/* The days back on which somebody may have been in touch who is written down now. */
#define CAME_DAYS	7

/* Reads "HH:MM", or with seconds, as minutes since midnight. 0, or -1. In text_input.c. */
int	text_input_clock(const char *written, int *minute);
/*
 * The moment of a local day and minute, in *at, when somebody got in touch. False when it
 * is to come, or before the day CAME_DAYS ago. Of a minute that the clock shows twice the
 * later one, unless it is to come.
 */
bool	came_at(int32_t day, int minute, int64_t now, int64_t *at);
/*
 * The first way in. A submission that a coordinator wrote down is INFLOW_PHONE, however the
 * person got in touch. From the form it is INFLOW_SELF, INFLOW_RELATIVE or, of a
 * professional, the group of the workplace.
 */
enum inflow submission_inflow(const struct submission *submission);
/* Whether the age is outside 15-29. Such a case is received, and its receipt says so. */
bool	submission_outside(enum age age);

/* routing.c */

struct routing_key {
	const char *area;
	enum age age;
	enum who who;
	enum speak speak;
};

/* The first route whose conditions hold. Never NULL after routing_check has passed. */
const struct config_route *routing_find(const struct config *config,
	    const struct routing_key *key);
/*
 * Sets reached[i] for each queue config->queues[i] that a submission of that area can
 * reach. The others stay unchanged.
 */
void	routing_reach(const struct config *config, const char *area, bool *reached);
/*
 * Proves that each combination of area, age, kind of submitter and language finds a
 * route to a queue that exists, that the last route has no condition, and that every
 * route before it is the first for some combination. 0, or -1 with ERROR_INPUT, which
 * names the first route that fails.
 */
int	routing_check(const struct config *config, struct error *error);

/*
 * duetime.c: days off, by lag (1989:253) as it has read since 2005 and, for three
 * eves, by custom. Years 1583-9999.
 */

/* Whether it is a Saturday, a Sunday, a public holiday, midsommarafton, julafton or nyårsafton. */
bool	workdays_is_off(int32_t day);
/* The Swedish name of the holiday or eve; NULL for every other day, Saturdays included. */
const char *workdays_holiday(int32_t day);
/* Easter Sunday of the Gregorian calendar. */
int32_t	workdays_easter(int year);

/*
 * duetime.c: due times. An open day is a day on which the queue has hours. Closing
 * times are those of the local clock, also when daylight saving begins or ends. For a
 * queue that does not open within two years, which no valid configuration has, each
 * open day counts as 86 400 seconds.
 */

/*
 * The queue's hours on a day: those of a special day, else none on a day off, else
 * those of the weekday. opens == closes: the queue is closed.
 */
struct config_hours duetime_hours(const struct config_queue *queue, int32_t day);
/* Whether the queue is open at that moment. At the closing time itself it is not. */
bool	duetime_is_open(const struct config_queue *queue, int64_t at);
/* The first moment from `at` on at which the queue is open; `at` when it is open then. */
int64_t	duetime_opens(const struct config_queue *queue, int64_t at);
/*
 * The promise: the closing time of the n-th open day after the day of received_at,
 * where n is queue->promise_days.
 */
int64_t	duetime_first(const struct config_queue *queue, int64_t received_at);
/*
 * The due time after an attempt at `at` that did not reach the person.
 *
 * A day has two halves that meet at 12:00 local time. A half can be used when the
 * queue is open for at least an hour of it. The half to try is the one that the person
 * named (`window`), else the half that does not hold `at`. The due time is the end of
 * that half
 * - on the same day, when it is the afternoon, `at` is before noon, and the afternoon
 *   can be used;
 * - else on the next open day on which it can be used: among the next ten open days
 *   when the person named it, else on the very next only, because one more day of
 *   delay is worse than the same half again.
 * When neither is possible, the due time is the closing time of the next open day. A
 * morning ends at noon, or at closing time when that is earlier; an afternoon ends
 * at closing time.
 */
int64_t	duetime_retry(const struct config_queue *queue, enum window window, int64_t at);
enum retry_reason {
	RETRY_OTHER_HALF,	/* the other half of the same day */
	RETRY_OTHER_HALF_NEXT,	/* the other half, of the next open day */
	RETRY_WINDOW,		/* the half that the person named */
	RETRY_HOURS		/* the next open day, because no such half can be used */
};
struct retry {
	int64_t at;		/* the result of duetime_retry */
	enum window half;	/* the half that ends then; WINDOW_ANY for a whole day */
	enum retry_reason reason;
};
/* The same, with the reason. */
struct retry duetime_retry_why(const struct config_queue *queue, enum window window, int64_t at);
/* The closing time of the first open day on or after `day`. */
int64_t	duetime_on(const struct config_queue *queue, int32_t day);
/* The closing time of the n-th open day after the day of `at`, where n is `days`. */
int64_t	duetime_after(const struct config_queue *queue, int64_t at, int days);
/*
 * Working time: the seconds between two moments during which the queue is open, by
 * duetime_hours; 0 when to_at is not later than from_at.
 */
int64_t	duetime_open_seconds(const struct config_queue *queue, int64_t from_at, int64_t to_at);

/* sms.c: the segments of a text message */

#define SMS_SEGMENTS_MAX	6	/* a longer text is a letter */

struct sms_segments {
	bool unicode;		/* UCS-2, because GSM's alphabet lacks some character */
	int units;		/* septets, or UTF-16 units */
	int count;		/* segments; 0 for an empty text */
	int left;		/* units until the next segment begins */
};

/*
 * Fills *parts for a text in valid UTF-8. In GSM 03.38's default alphabet a message has
 * 160 septets, or 153 in each of several segments; a character of its extension table
 * takes two. Any other character makes the message UCS-2: 70 UTF-16 units, or 67 in each
 * of several segments (GSM 03.40). No character is split between two segments.
 */
void	sms_segments_count(const char *text, struct sms_segments *parts);
/*
 * Whether a word of the text begins with a word of the name that has a capital and
 * at least three letters, in any case: "kristinehamns" of "Kristinehamn". The word as
 * it stands in the text is copied to `word`, which has room for all of the text.
 */
bool	text_names(const char *text, const char *name, char *word);

/* The service level. The command, the browser and a report count by the same rules. */

/* A figure about fewer persons could tell who they are (README.md). */
#define FIGURE_MIN	5

enum promise { PROMISE_KEPT, PROMISE_BROKEN, PROMISE_RUNNING };

/*
 * The first attempt to reach the person, or the closing, answers a promise; answered_at
 * is 0 before that. PROMISE_KEPT: answered no later than promised_at. PROMISE_RUNNING:
 * not answered, and promised_at has not passed. Else PROMISE_BROKEN.
 */
enum promise promise_judge(int64_t promised_at, int64_t answered_at, int64_t now);
/*
 * The nearest-rank quantile (type 1 of Hyndman and Fan, The American Statistician 50,
 * 1996): the least value that is not exceeded by so many hundredths of the values. It
 * is always one of the values; the median of an even number is the lower of the middle
 * two. 0 when there is no value. Sorts the values.
 */
int64_t	promise_quantile(int64_t *values, size_t count, int hundredths);
/*
 * Whether a page may show a number of persons in two parts. False when their sum is
 * below FIGURE_MIN, or a part is neither 0 nor at least FIGURE_MIN; all figures are then
 * hidden, because each follows from the others.
 */
bool	promise_parts_shown(int64_t one, int64_t other);
/* The same for any number of parts. */
bool	parts_shown(const int64_t *parts, size_t count);

/*
 * text_input.c: case folding for the search. A letter is folded to its plain lower-case
 * form, followed by its marks (accents, strokes), by Unicode's canonical decomposition.
 * libunistring does it, which keeps no copy of a name.
 */

#define LETTER_MAX	4	/* a letter and its marks */

/* Writes the plain lower-case letter and then its marks. Returns the number of code points. */
size_t	case_fold(uint32_t point, uint32_t folded[LETTER_MAX]);
/* Whether the code point is a mark, written above, under or through the letter before it. */
bool	letter_is_mark(uint32_t point);
/* Whether the code point separates the words of a name: a space, a punctuation mark. */
bool	letter_parts_words(uint32_t point);
bool	letter_is_alphanumeric(uint32_t point);
/* Whether the code point shapes a name without being typed, such as a joiner. */
bool	letter_is_invisible(uint32_t point);

/* duetime.c: the moment to ring */

struct moment {
	enum act cause;		/* the act that set the due time */
	int64_t cause_at, due_at;
	enum window window;	/* the part of the day that suits the person */
};
enum moment_fit {
	MOMENT_NOT,
	MOMENT_LAST,	/* not the part of the day that suits, but that comes after the due time */
	MOMENT_FITS
};
/*
 * Whether to ring at that moment. A planned contact fits from the beginning of its day. An
 * attempt that did not reach the person is followed by another in the half of the day that
 * duetime_retry has chosen, and at least an hour later, or from the due time on when that
 * is earlier. Everything else fits at once. The part of the day that suits the person must
 * be now.
 */
enum moment_fit moment_fits(const struct config_queue *queue, const struct moment *moment,
	    int64_t now);

/* search_query.c: the text that a coordinator types to find a case */

#define SEARCH_QUERY_MAX	80
#define SEARCH_LAST	4

enum search_query_kind {
	SEARCH_QUERY_NOTHING,		/* no letter and no digit */
	SEARCH_QUERY_SHORT,		/* one letter, which begins too many names */
	SEARCH_QUERY_LONG,		/* more than SEARCH_QUERY_MAX characters */
	/* digits alone that are neither a whole telephone number nor its last four */
	SEARCH_QUERY_DIGITS,
	SEARCH_QUERY_PERSONNUMMER,	/* it has one, which no case has */
	SEARCH_QUERY_REFERENCE,		/* the form of a case number; it may be a name, too */
	SEARCH_QUERY_PHONE,
	SEARCH_QUERY_LAST,		/* the last SEARCH_LAST digits of a telephone number */
	SEARCH_QUERY_NAME
};

/* A name folded by case_fold, with one space between words. */
struct folded {
	size_t count;
	uint32_t point[NAME_MAX_CHARACTERS * 4];
};

/* The caller wipes it. Members beside `kind` are filled for the kinds that they name. */
struct search_query {
	enum search_query_kind kind;
	int64_t number;		/* SEARCH_QUERY_REFERENCE: the case's */
	char phone[PHONE_MAX];	/* SEARCH_QUERY_PHONE: E.164; SEARCH_QUERY_LAST: digits */
	struct folded name;	/* SEARCH_QUERY_NAME and SEARCH_QUERY_REFERENCE */
};

/*
 * Fills *search_query. A text that can be read as a telephone number is one; else a
 * text with the form of a case number is a reference.
 */
void	search_query_read(const char *typed, struct search_query *search_query);
/*
 * Whether each typed word begins some word of the name, in any order and letter case. A
 * plain letter also finds the letter with marks ("asa" finds "Åsa"); a letter with a
 * mark finds that mark alone ("åsa" does not find "Asa").
 */
bool	search_query_is_name(const struct search_query *search_query, const char *name);
/* The same of a text that names no person, and of words as they were typed; none are in every text. */
bool	search_query_finds(const char *typed, const char *text);
/* Whether the number in E.164 is the typed one, or ends with the typed digits. */
bool	search_query_is_phone(const struct search_query *search_query, const char *e164);

#endif
