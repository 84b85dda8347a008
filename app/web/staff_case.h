/* What the page of a case and the handlers that change it share. */
#ifndef EGENREMISS_STAFF_CASE_H
#define EGENREMISS_STAFF_CASE_H

#include "page/view.h"

/* The choice of closing a case with both. */
#define OUTCOME_WORK_AND_STUDIES	"work+studies"

/* form_page.c: a language that the form offers to talk in; NULL for others. */
const struct speak_view *spoken_language(const char *tag);

#endif
