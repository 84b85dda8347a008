/* SANITIZED: built with AddressSanitizer, which keeps memory its own way. */
#ifndef TESTS_UNIT_SEAL_SANITIZED_H
#define TESTS_UNIT_SEAL_SANITIZED_H

#ifdef __SANITIZE_ADDRESS__
#define SANITIZED	1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED	1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED	0
#endif

#endif
