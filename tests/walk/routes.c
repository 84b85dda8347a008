/* Prints the table of routes, a line each, for the walker to say which it never reached. */
#include <stdio.h>

#include "web/web.h"

int
main(void)
{
	for (size_t i = 0; i < routes_count; i++)
		(void)printf("%s %s\n", routes[i].method == METHOD_GET ? "GET" : "POST",
		    routes[i].path);
	return 0;
}
