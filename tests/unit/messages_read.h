/* What the demonstration's carrier has put into its folder. Included once a program. */
#ifndef MESSAGES_READ_H
#define MESSAGES_READ_H

#include <dirent.h>
#include <unistd.h>

#include "base/base.h"
#include "flow_service.h"

/* Appends each file to *letters and removes it; nothing when there is no such folder. */
static inline void
letters_take(const char *folder, struct buffer *letters)
{
	DIR *dir = opendir(folder);
	char path[512];

	if (dir == NULL)
		return;
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		assert_done(buffer_read_file(letters, path, 65536, &service.work.error));
		assert_int_equal(unlink(path), 0);
	}
	(void)closedir(dir);
}

#endif
