/* Part of view.h: somebody who rang or came (entry.html). */
#ifndef EGENREMISS_VIEW_ENTRY_H
#define EGENREMISS_VIEW_ENTRY_H

struct entry_view {
	struct staff_frame_view frame;
	const struct fault_view *faults; size_t faults_count;
	struct field_view way, area, who, knows, age, name, phone, contact, when, speak, message;
	const struct queue_option_view *areas; size_t areas_count;
	const struct entry_age_view { struct word_age_view word; bool chosen; } *ages; size_t ages_count;
	const struct speak_view *languages; size_t languages_count;
	bool take;
};

#endif
