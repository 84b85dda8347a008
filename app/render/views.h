/* All views, for the C file that the template compiler makes. */
#ifndef EGENREMISS_RENDER_VIEWS_H
#define EGENREMISS_RENDER_VIEWS_H

#include "render/view.h"
#include "render/view_case.h"
#include "render/view_messages.h"
#include "render/view_outreach.h"
#include "render/view_overview.h"
#include "render/view_people.h"
#include "render/view_worklist.h"

#endif
