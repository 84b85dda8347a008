/* Compiles a plural rule to C. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "tools/catalogue.h"

/* Protects the stack; real rules nest less than 20 deep. */
#define DEPTH_MAX	64

struct rule {
	const char *at;
	int depth;
};

static int	ternary(struct rule *rule, struct buffer *code);

static void
skip_blanks(struct rule *rule)
{
	rule->at += strspn(rule->at, " \t\n\\");
}

static bool
take(struct rule *rule, const char *mark)
{
	skip_blanks(rule);
	if (strncmp(rule->at, mark, strlen(mark)) != 0)
		return false;
	rule->at += strlen(mark);
	return true;
}

static int
number(struct rule *rule, struct buffer *code)
{
	size_t digits;

	skip_blanks(rule);
	digits = strspn(rule->at, "0123456789");
	if (digits == 0 || digits > 9)
		return -1;
	buffer_format(code, "%ld", strtol(rule->at, NULL, 10));
	rule->at += digits;
	return 0;
}

/* Reads on after an opening parenthesis. Each binary operation adds its own ones to the C. */
static int
parentheses(struct rule *rule, struct buffer *code)
{
	struct buffer inner = {0};
	int result = ternary(rule, &inner) == 0 && take(rule, ")") ? 0 : -1;

	if (strchr(buffer_string(&inner), '?') != NULL)
		buffer_format(code, "(%s)", inner.data);
	else
		buffer_text(code, buffer_string(&inner));
	buffer_free(&inner);
	return result;
}

static int
primary(struct rule *rule, struct buffer *code)
{
	if (take(rule, "n")) {
		buffer_text(code, "n");
		return 0;
	}
	if (take(rule, "("))
		return parentheses(rule, code);
	if (take(rule, "!")) {
		buffer_text(code, "!(");
		if (++rule->depth > DEPTH_MAX || primary(rule, code) != 0)
			return -1;
		rule->depth--;
		buffer_text(code, ")");
		return 0;
	}
	return number(rule, code);
}

/* The operators by precedence, lowest first. A longer sign stands before its beginning. */
static const char *const levels[][5] = {
	{ "||" }, { "&&" }, { "==", "!=" }, { "<=", ">=", "<", ">" },
	{ "+", "-" }, { "*", "/", "%" }
};

static const char *
take_operator(struct rule *rule, size_t level)
{
	for (size_t i = 0; levels[level][i] != NULL; i++)
		if (take(rule, levels[level][i]))
			return levels[level][i];
	return NULL;
}

/* A divisor must be a number other than 0. */
static int
divisor(struct rule *rule, struct buffer *code)
{
	size_t before = code->length;

	if (number(rule, code) != 0)
		return -1;
	return strcmp(code->data + before, "0") == 0 ? -1 : 0;
}

static int
binary(struct rule *rule, struct buffer *code, size_t level)
{
	struct buffer left = {0}, right = {0};
	const char *operator;
	int result;

	if (level == COUNT_OF(levels))
		return primary(rule, code);
	result = binary(rule, &left, level + 1);
	while (result == 0 && (operator = take_operator(rule, level)) != NULL) {
		result = strchr("/%", *operator) != NULL ?
		    divisor(rule, &right) : binary(rule, &right, level + 1);
		if (result == 0) {
			struct buffer whole = {0};

			buffer_format(&whole, "(%s %s %s)", left.data, operator,
			    right.data);
			buffer_free(&left);
			left = whole;
		}
		buffer_clear(&right);
	}
	buffer_text(code, buffer_string(&left));
	buffer_free(&left);
	buffer_free(&right);
	return result;
}

static int
ternary(struct rule *rule, struct buffer *code)
{
	if (++rule->depth > DEPTH_MAX || binary(rule, code, 0) != 0)
		return -1;
	if (take(rule, "?")) {
		buffer_text(code, " ? ");
		if (ternary(rule, code) != 0 || !take(rule, ":"))
			return -1;
		buffer_text(code, " : ");
		if (ternary(rule, code) != 0)
			return -1;
	}
	rule->depth--;
	return 0;
}

int
plural_compile(const char *header, size_t *forms_count, struct buffer *code)
{
	struct rule rule = { .at = header };
	struct buffer count = {0};
	int result = -1;

	if (take(&rule, "nplurals") && take(&rule, "=") &&
	    number(&rule, &count) == 0 && take(&rule, ";") &&
	    take(&rule, "plural") && take(&rule, "=") &&
	    ternary(&rule, code) == 0) {
		(void)take(&rule, ";");
		skip_blanks(&rule);
		*forms_count = strtoul(count.data, NULL, 10);
		if (*rule.at == '\0' && *forms_count >= 1 &&
		    *forms_count <= FORMS_MAX)
			result = 0;
	}
	buffer_free(&count);
	return result;
}
