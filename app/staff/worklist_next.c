/* After an act: the case to ring next, one press away. */
#include <string.h>

#include "base/base.h"
#include "base/words.h"
#include "flow/work.h"
#include "flow/worklist.h"
#include "render/view.h"
#include "server/server.h"
#include "staff/staff.h"

int
staff_next_offer(struct request *x, struct work *work, const char *list,
    struct worklist_next_view *view)
{
	struct worklist_filter filter = { 0 };
	struct worklist_row next;
	const char *acted = form_value(&x->query, "case");
	int64_t except = x->number;
	struct form query = { 0 };
	enum answer answer;

	if (form_value(&x->query, "notice") == NULL)
		return 0;
	if (form_decode(&query, list, strlen(list)) != FORM_OK || !filter_read(&query, &filter))
		filter = (struct worklist_filter){ 0 };
	if (acted != NULL && number_parse(acted, &except) != 0)
		except = x->number;
	answer = worklist_next(work, &filter, except, &next);
	form_wipe(&query);
	if (answer != FOUND)
		return answer == ABSENT ? 0 : -1;
	view->claims = !next.mine;
	view->aside = x->number != 0;
	view->href = arena_format(x, "/staff/case/%s%s%s", staff_reference(x, next.row.number),
	    view->claims ? "/claim" : "", view->claims ? "" : filter_from(x, list));
	view->token = staff_form_token(x);
	view->age.word = word_of(&words_age, (int)next.row.age);
	view->who.word = word_of(&words_who, (int)next.row.who);
	return 0;
}
