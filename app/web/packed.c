#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "web/packed.h"

#define GZIP_WINDOW	(15 + 16)	/* the largest, in gzip's frame instead of zlib's */

static z_stream packer;

void
packing_start(void)
{
	if (deflateInit2(&packer, 7, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
}

void
packing_stop(void)
{
	(void)deflateEnd(&packer);
}

void
packed_make(struct packed *packed, const struct buffer *plain)
{
	const size_t bound = deflateBound(&packer, plain->length);
	char *bytes = malloc(bound);

	if (bytes == NULL)
		abort();
	packer.next_in = (unsigned char *)plain->data;
	packer.avail_in = (uInt)plain->length;
	packer.next_out = (unsigned char *)bytes;
	packer.avail_out = (uInt)bound;
	if (deflate(&packer, Z_FINISH) != Z_STREAM_END)
		abort();
	packed->size = packer.total_out;
	packed->length = plain->length;
	/* Given back what it did not take, and no more than it takes is kept. */
	packed->bytes = realloc(bytes, packed->size);
	if (packed->bytes == NULL || deflateReset(&packer) != Z_OK)
		abort();
}

void
packed_open(const struct packed *packed, struct buffer *out)
{
	z_stream stream = {
		.next_in = (unsigned char *)packed->bytes, .avail_in = (uInt)packed->size
	};

	buffer_reserve(out, packed->length);
	stream.next_out = (unsigned char *)out->data + out->length;
	stream.avail_out = (uInt)packed->length;
	if (inflateInit2(&stream, GZIP_WINDOW) != Z_OK ||
	    inflate(&stream, Z_FINISH) != Z_STREAM_END)
		abort();
	(void)inflateEnd(&stream);
	out->length += packed->length;
	out->data[out->length] = '\0';
}

void
packed_free(struct packed *packed)
{
	free(packed->bytes);
	*packed = (struct packed){ 0 };
}
