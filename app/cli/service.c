#include "cli/service.h"

int
service_open(const struct cli *cli, enum store_mode mode, struct service *service)
{
	*service = (struct service){ 0 };
	if (seal_start() == -1) {
		cli_complain(cli, "libsodium does not start: is the package whole?");
		return -1;
	}
	if (cli_config_load(cli, &service->config) == -1)
		return -1;
	switch (cli_store_open(cli, mode, &service->store)) {
	case FOUND:
		return 0;
	case ABSENT:
		cli_complain(cli, "there is no service in %s; make it: egenremiss init --data %s",
		    cli->data, cli->data);
		break;
	case FAILED:
		break;
	}
	config_free(&service->config);
	return -1;
}

void
service_close(struct service *service)
{
	store_close(service->store);
	config_free(&service->config);
}

enum cli_status
service_complain(const struct cli *cli, const struct service *service)
{
	cli_complain(cli, "%s", service->error.text);
	return service->error.kind == ERROR_INPUT || service->error.kind == ERROR_REFUSED ?
	    CLI_NO : CLI_FAILED;
}
