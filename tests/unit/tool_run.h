/* A folder of its own for files, and programs run in it. */
#ifndef TOOL_RUN_H
#define TOOL_RUN_H

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/egenremiss-tool-XXXXXX";
static char repository[PATH_MAX];

static inline int
folder_make(void **state)
{
	(void)state;
	if (getcwd(repository, sizeof(repository)) == NULL ||
	    mkdtemp(folder) == NULL)
		return -1;
	return 0;
}

static inline int
folder_remove(void **state)
{
	char command[PATH_MAX];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf -- '%s'", folder);
	return system(command);
}

static inline void
file_write(const char *name, const char *text)
{
	char path[PATH_MAX];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/*
 * Runs a shell command in the folder, where $TOOLS is where the tools are and
 * $REPOSITORY what its name says. Its exit status; what it said, cut to
 * size, is in said.
 */
static inline int
run(const char *command, char *said, size_t size)
{
	const char *build = getenv("BUILD");
	char whole[3 * PATH_MAX];
	size_t length;
	FILE *pipe;

	if (build == NULL)
		build = "build";
	snprintf(whole, sizeof(whole), "REPOSITORY='%s' TOOLS='%s%s%s/tools'; "
	    "cd '%s' && { %s; } 2>&1", repository, *build == '/' ? "" :
	    repository, *build == '/' ? "" : "/", build, folder, command);
	pipe = popen(whole, "r");
	assert_non_null(pipe);
	length = fread(said, 1, size - 1, pipe);
	said[length] = '\0';
	while (fgetc(pipe) != EOF)
		;
	return pclose(pipe);
}

#endif
