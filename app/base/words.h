/*
 * The sets of words: the values that a form may post, a column may hold and a report
 * counts. Each set is an enum here and a table of its words in words.c. Forms and the
 * database hold the words themselves.
 */
#ifndef EGENREMISS_BASE_WORDS_H
#define EGENREMISS_BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* The person who fills in the form. */
enum who { WHO_SELF, WHO_RELATIVE, WHO_PROFESSIONAL, WHO_COUNT };

enum age {
	AGE_UNDER15, AGE_15_17, AGE_18_19, AGE_20_24, AGE_25_29, AGE_30PLUS,
	AGE_UNSAID, AGE_COUNT
};

enum contact { CONTACT_CALL, CONTACT_CALL_SILENT, CONTACT_SMS_FIRST, CONTACT_COUNT };

/* How to reach the person; a letter, a visit or the helper when the number is wrong. */
enum means { MEANS_NUMBER, MEANS_HELPER, MEANS_LETTER, MEANS_VISIT, MEANS_COUNT };

/* What the form has asked about once, and somebody has answered by sending it again. */
enum sure { SURE_LANDLINE, SURE_OWN, SURE_COUNT };

/* The part of the day that suits the person. */
enum window { WINDOW_ANY, WINDOW_MORNING, WINDOW_AFTERNOON, WINDOW_COUNT };

/* Whether the call may need an interpreter. */
enum speak { SPEAK_SV, SPEAK_OTHER, SPEAK_COUNT };

/* How the submission came: by the form, or by a coordinator who wrote it down. */
enum way { WAY_FORM, WAY_PHONE, WAY_VOICEMAIL, WAY_VISIT, WAY_MAIL, WAY_TEXT, WAY_COUNT };

enum workplace {
	WORKPLACE_HEALTH, WORKPLACE_FAMILY_CENTRE, WORKPLACE_EMPLOYMENT_SERVICE,
	WORKPLACE_INSURANCE_AGENCY, WORKPLACE_SCHOOL, WORKPLACE_SOCIAL_SERVICES,
	WORKPLACE_OTHER, WORKPLACE_COUNT
};

/* The first way in, which reports count. It is never rewritten. */
enum inflow {
	INFLOW_SOCIAL_ASSISTANCE, INFLOW_ADULT_UNIT, INFLOW_INSURANCE_AGENCY,
	INFLOW_EMPLOYMENT_SERVICE, INFLOW_SELF, INFLOW_RELATIVE, INFLOW_PHONE,
	INFLOW_SCHOOL, INFLOW_PARTNER, INFLOW_KAA, INFLOW_COUNT
};

/* The kind of place where a code's brochures lie. */
enum channel {
	CHANNEL_HEALTH, CHANNEL_COUNSELLOR, CHANNEL_PSYCHIATRY, CHANNEL_FAMILY_CENTRE,
	CHANNEL_EMPLOYMENT_SERVICE, CHANNEL_INSURANCE_AGENCY, CHANNEL_DENTAL,
	CHANNEL_DIETICIAN, CHANNEL_ADDICTION, CHANNEL_BUDGET, CHANNEL_CAREERS,
	CHANNEL_SCHOOL, CHANNEL_POSTER, CHANNEL_NEWSPAPER, CHANNEL_SOCIAL_MEDIA,
	CHANNEL_PRESS, CHANNEL_OTHER, CHANNEL_COUNT
};

/* The kind of visitor that opened a code's page; see rules/codes.h. */
enum visit_kind { VISIT_PERSON, VISIT_ROBOT, VISIT_STAFF, VISIT_KIND_COUNT };

/* The kinds of print for a code. */
enum brochure {
	BROCHURE_POSTER, BROCHURE_FLYER, BROCHURE_CARD, BROCHURE_FOLDED,
	BROCHURE_STICKERS, BROCHURE_BUSINESS_CARDS, BROCHURE_COUNT
};

/* The texts of a brochure. */
enum brochure_part {
	BROCHURE_HEADING, BROCHURE_INTRO, BROCHURE_PROMISE, BROCHURE_SCAN, BROCHURE_RING,
	BROCHURE_HOW, BROCHURE_STEP1, BROCHURE_STEP2, BROCHURE_STEP3,
	BROCHURE_RELATIVE_HEADING, BROCHURE_RELATIVE, BROCHURE_PROFESSIONAL_HEADING,
	BROCHURE_PROFESSIONAL, BROCHURE_URGENT, BROCHURE_PART_COUNT
};

/* Whether staff must have a second factor, or may. */
enum second_factor { SECOND_FACTOR_REQUIRED, SECOND_FACTOR_OFFERED, SECOND_FACTOR_COUNT };

enum role { ROLE_COORDINATOR, ROLE_LEAD, ROLE_ADMINISTRATOR, ROLE_COUNT };

enum state {
	STATE_WAITING, STATE_CLAIMED, STATE_REACHED, STATE_FOLLOWING, STATE_CLOSED,
	STATE_PURGED, STATE_COUNT
};

/* What may happen to a case; see acts.def. Each act leaves an event in the audit trail. */
enum act {
#define ACT(id, word, traits, text)	ACT_##id,
#include "base/acts.def"
#undef ACT
	ACT_COUNT
};

enum act_trait {
	ACT_IS_ATTEMPT = 1,	/* an attempt that did not reach the person */
	ACT_IS_QUIET = 2,	/* keeps state, holder and due time; an undo skips it */
	ACT_IS_UNDOABLE = 4,	/* the same account can undo it within UNDO_SECONDS */
	ACT_SETS_DUE = 8,	/* sets a due time; every other act keeps it */
	ACT_IS_TALK = 16,	/* somebody has spoken with the person */
	ACT_IS_RING = 32,	/* the telephone rang, and the person was not reached */
	ACT_IS_TEXT = 64,	/* a text message to the person */
	/* Rings and texts before it do not count as "no contact": the number was another, or wrong. */
	ACT_STARTS_RINGS = 128,
	ACT_IS_OTHER_WAY = 256	/* an attempt by another way, when the number is wrong */
};

/* How a case ends; see outcomes.def. */
enum outcome {
#define OUTCOME(id, word, by)	OUTCOME_##id,
#include "base/outcomes.def"
#undef OUTCOME
	OUTCOME_COUNT
};

/* How a message leaves: a mail to staff, a text message to the person. */
enum message_way { MESSAGE_MAIL, MESSAGE_TEXT, MESSAGE_WAY_COUNT };

enum message_state {
	MESSAGE_QUEUED,		/* waits for its first try or the next one */
	MESSAGE_SENDING,	/* was handed to the network; no answer has come yet */
	MESSAGE_SENT,
	MESSAGE_FAILED,		/* certainly not sent; the program does not try again */
	MESSAGE_UNKNOWN,	/* was handed over, and the answer was lost: perhaps sent */
	MESSAGE_DROPPED,	/* not sent, because it was no longer of use */
	MESSAGE_STATE_COUNT
};

/* Why a message waits, was not sent or was dropped. */
enum message_reason {
	REASON_NONE,
	REASON_NO_MAIL,		/* service.conf has no mail */
	REASON_NO_SMS,		/* service.conf has no sms */
	REASON_UNREACHABLE,	/* the server did not answer, or asked to try later */
	REASON_REFUSED,		/* the server refused it for good */
	REASON_LOST,		/* the server's answer was lost */
	REASON_KEY,		/* it is sealed to another key than the outbox has */
	REASON_PAST,		/* its news is no longer true */
	REASON_CLOSED,		/* the case was closed before it was sent */
	REASON_UNWANTED,	/* the receiver has turned such messages off */
	REASON_LEAD,		/* a lead dropped it */
	REASON_COUNT
};

/* What a template is for, and what a lead did with it. */
enum template_kind { TEMPLATE_NOTE, TEMPLATE_TEXT, TEMPLATE_KIND_COUNT };
enum template_act {
	TEMPLATE_ADDED, TEMPLATE_CHANGED, TEMPLATE_REMOVED, TEMPLATE_ACT_COUNT
};

/*
 * The choices of the form that are plain in the database, and with them the first way in:
 * CHOICE(set, member, column). `set` names the enum and its words, `member` where struct
 * submission and struct case_row have the value, `column` where the table cases has it. A
 * value that equals the number of words means "none": a person without a workplace has it.
 */
#define FORM_CHOICES(CHOICE)						\
	CHOICE(who, who, "who")						\
	CHOICE(age, age, "age")						\
	CHOICE(window, when, "part_of_day")				\
	CHOICE(speak, speak, "speak")					\
	CHOICE(workplace, workplace, "workplace")
#define CASE_CHOICES(CHOICE)						\
	FORM_CHOICES(CHOICE)						\
	CHOICE(inflow, inflow, "inflow")

/*
 * Those of them that a coordinator may correct: the first value stays in `column`, and the
 * present one, if it is another, is in `now`. CHOICE(set, member, now).
 */
#define CORRECTED_CHOICES(CHOICE)					\
	CHOICE(age, age, "age_now")					\
	CHOICE(window, when, "part_of_day_now")				\
	CHOICE(speak, speak, "speak_now")

/* A member for each choice. */
#define CHOICE_MEMBER(set, member, column)	enum set member;

struct words {
	const char *name;		/* of the set, for error messages */
	const char *const *word;	/* `count` words, in the order of the enum */
	size_t count;
};

extern const struct words words_who, words_age, words_contact, words_window,
    words_speak, words_way, words_workplace, words_inflow, words_channel, words_visit_kind,
    words_brochure, words_brochure_part, words_role, words_state, words_act, words_outcome,
    words_yes_no, words_sure, words_means, words_second_factor,
    words_message_way, words_message_state, words_message_reason, words_template_kind,
    words_template_act;

/* Whether an act has that trait; false when the value is outside the set. */
bool	act_has(enum act value, enum act_trait trait);

/* The word of a value; NULL when the value is outside the set. */
const char *word_of(const struct words *words, int value);
/* The value of a word (exact), or -1. NULL is no word. */
int	word_value(const struct words *words, const char *word);
/* Writes "one, two, three" for an error message; cuts it to fit in `size` bytes with its NUL. */
void	words_list(const struct words *words, char *text, size_t size);

#endif
