/* Texts that live as long as an exchange; see exchange_keep in web.h. */
#ifndef EGENREMISS_KEPT_H
#define EGENREMISS_KEPT_H

struct exchange;

/* Overwrites and frees all of them: names and numbers stand among them. */
void	kept_wipe(struct exchange *x);

#endif
