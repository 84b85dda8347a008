#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "notify/delivery.h"

static int
write_file(const char *path, const struct buffer *content, struct error *why)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	ssize_t written;

	if (file == -1)
		return error_set(why, ERROR_UNAVAILABLE, "%s: %s", path, strerror(errno));
	written = write(file, content->data, content->length);
	if (close(file) == -1 || written != (ssize_t)content->length)
		return error_set(why, ERROR_UNAVAILABLE, "%s cannot be written", path);
	return 0;
}

enum delivery
folder_carry(const struct parcel *parcel, struct handing *handing, const struct config *config,
    const struct carriage *carriage, struct error *why)
{
	bool mail = parcel->subject != NULL;
	struct buffer path = { 0 }, content = { 0 };
	enum delivery delivery = DELIVERY_LATER;
	char number[14];

	(void)config;
	number_text(parcel->number, number);
	buffer_format(&path, "%s/%s.%s", carriage->folder, number, mail ? "eml" : "txt");
	if (mail)
		letter_write(parcel, "demonstration@example.org", &content);
	else
		buffer_format(&content, "To: %s\n\n%s\n", parcel->to, parcel->text);
	if (mkdir(carriage->folder, 0700) == -1 && errno != EEXIST)
		(void)error_set(why, ERROR_UNAVAILABLE, "%s: %s", carriage->folder,
		    strerror(errno));
	else if (handing->begin(handing->context) == 0) {
		handing->begun = true;
		if (write_file(buffer_string(&path), &content, why) == 0)
			delivery = DELIVERY_SENT;
	}
	buffer_free(&path);
	buffer_wipe(&content);
	return delivery;
}
