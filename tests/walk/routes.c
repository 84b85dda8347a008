/* Prints the table of routes, a line each: method, path, and the names of its parameters. */
#include <stdio.h>

#include "web/web.h"

static void
print(const struct route *route)
{
	(void)printf("%s %s", route->method == METHOD_GET ? "GET" : "POST", route->path);
	for (size_t i = 0; i < COUNT_OF(route->fields) && route->fields[i] != NULL; i++)
		(void)printf(" %s", route->fields[i]);
	(void)printf("\n");
}

int
main(void)
{
	for (size_t i = 0; i < routes_count; i++)
		print(&routes[i]);
	return 0;
}
