/*
 * What the first version wrote, as bytes: this must open for as long as the
 * format byte is 01. Never write it anew to make a test pass.
 */
#ifndef TESTS_UNIT_SEAL_VECTORS_H
#define TESTS_UNIT_SEAL_VECTORS_H

#include <stdint.h>
#include <string.h>

#include <sodium.h>

#define VECTOR_CASE		INT64_C(0x0197a3c5e8f01234)
#define VECTOR_SUBMISSION	(VECTOR_CASE + 1)	/* record numbers */
#define VECTOR_NOTE		(VECTOR_CASE + 2)
#define VECTOR_ACCOUNT		7
#define VECTOR_PASSPHRASE	"lusab-babad-gutih-tugad-motir"
#define VECTOR_SUBMISSION_TEXT	"name=%C3%85sa&phone=%2B46701740605&contact=call&speak=sv"
#define VECTOR_NOTE_TEXT	"note=Vill+bli+uppringd+efter+lunch"

/* In base64 but for the words and the cookie. */
static const struct {
	const char *recovery_words;
	const char *queue_public, *recovery_sealed, *membership_sealed;
	const char *coordinator_public, *locked;
	const char *cookie, *session_box;
	const char *key_sealed, *submission, *note;
} vectors = {
	.recovery_words =
	    "gomoj-kafok-dotof-kahim-bomup-buval-bigug-hajoh-puruz-"
	    "sosoz-sifog-lipar-hupuk-nalov-hikob-fokur-hosih",
	.queue_public =
	    "wfcYffr2dOqETjDDAtb9bH3AyWyUMal38ktAzbnwkBw=",
	.recovery_sealed =
	    "AQ0NVx5oX/KnkQSTbmPWxL4XMudou9BioGQ+w1CkWRtH0I5/YSiKpkMItLD8cgpyKb99qElC4uGe"
	    "tQ+a8xQwBXGqo9AEK1EgBvCcjl3Ohxhl",
	.membership_sealed =
	    "AVW6YGgia0YBC5Y/BgdiTR42AJZLLW/eYkjmGEQBo5sXYlNmwDIdt+fU0W0P16ErTSrxwWh21qxe"
	    "yNYy2O+Nu94uzJrHT1SWNuaIgbIq2GkB",
	.coordinator_public =
	    "GCkIp6FFhZLfAuyfc5beXOemGF1zZpbAZtYBcXpBLh8=",
	.locked =
	    "AQAAAAIAAAQAYhhnnnoBdT54gJVDl2LtUpW0CfSjOONs9+Zh5zfczGPMjmRaPmkC/BRA3x4thF/M"
	    "ngHDqmdp0bzGb1iwXz2ItWLuUt9Np1m48sJ1CecEqJEpZjhzPvlSrg==",
	.cookie = "RADWPNrWOKSoXXygY4_758O2B06UxYnqi6WQM4td8TE",
	.session_box =
	    "AfQhDN83aaPqR1JjIQY5TRnzQuXpzkUN3tmalPtUz4ps3P0l9F1GLvIdvx8UjRgGG4UfLOCQlcFp"
	    "Uv4GUQYYQ/e8uBViGhydcA==",
	.key_sealed =
	    "ATMyZNNC4xUVDaXD9cW2cQj+q8ge10Uuhu6AylzIeCUz2DYxZP9DvZfru8R3EBavHXTt9RLwDHZ5"
	    "WrkReDG4/Si4SbUmkbn21CV+zdCndSsP",
	.submission =
	    "AcbT+4ELXynjAKWlSsemaZBuF605cWq3LT6TPXXblfynzYQI7rha7hR458uQTpxk6jGRPqVLYitE"
	    "Rs50xRgzGFOi1g9RS0P8IHKcc03VEDml7SldROjKkyPEQE08zRV5R8i2F28YjSWYl4hKslAbAIXY"
	    "pn1UZxGD6gO+6E8QaAxGinIiT4d9Cp2fy2DBrfdVBWM2pTe8acAhK7LBSKYAlRhgUpG/qZDUH4nU"
	    "VojdTGxn7IOIB7NeN6tVTrpebxsYHDVgWsHJ0J0yihVx0ipS4Q+iozylBd1eJg1l6JfXquhPAz6K"
	    "3ob74cXGuqTphDl8181XvUXsQQUt9x7RgQpoenTRqGH7BX/ojXSH3mdio0ovFWxF5rO8ZUaFYoig"
	    "NoFXmbyGkCb07hTcmDkbIvkExy3beTTxWEiKF9yzf0s+evEek9E4mqnGvP3tPT9VIQZpqQiBixot"
	    "Uu597pqTxj2ZjFl/viVZN9OJZ72g+NLpnwN1vKXwK/STrOwFmZHqILHK8PFSZ8huHu4sPECC7KiK"
	    "m+nlAF9RNMfvhYiHjOAKkzYaohOImrb6z7WLak2qKk53bpDtM4tUS6pkXCoIkr7SyOQRBuI6ZM0S"
	    "1J99TJuetA7Ak33ynT9RzXX7cPlXtVWLQMFtrF8NzXP3+JbFvpYQz4a+ofPYYAoEzsoyWDMnZIho"
	    "PurRFHhBVLEYQ0xKL7pZLlpXyuRP0q+Ut5OYqP0aC539AELyYtbUEg==",
	.note =
	    "ARSXvhoZz4D8s7u643mMjyOuqGLkDe6mHH5GCtpGqAKEOOuEtKo8Ae6MK1suU+uqvHLDEPwEpmkU"
	    "819Am8l2Pw+HMHwOxIpuIDYv9/ReuZCbrI8wo2yl/ZRb1GKdGx4EroU9t0ndoyttguiheBVIKijk"
	    "w5EvfmA/yxzL2VQT+vNWuF2PydeZNO64SsCKIF0/PlJEsj2w2LitOywp7emiE6e021oKJpMWwKON"
	    "E7l6iI2F6wAr34x21aJ+PfqP5oP4aqQ0etEhRASdYiDjjMK5Ip9BngGhgGkLe2jxDBBXIe6/MkVl"
	    "o1R9YntNmetVoQKE0KbO69ePzkuiA+0eEFNuZs/IVw8ha9Xl2JbYvnila6GSAq5FAfkKqYgreM1j"
	    "ECkwDLtwUnewNnVAugM0sjtaknUd8x3ZQvlWht618Hzyy88Y/aVwuEPJg/Mqs2A1Zp6JIbN0Gi7R"
	    "a6xif3wKaD1CrxqCUN9gs0KFdCiGmMGq7V/9RDdMZyE9c+5jp1hq7tsmk4NY8smeyUw5e4IAkHZT"
	    "ITMaz8OWckx/8SFNx9UpaxFpBalCkVgO5gHbxqghRYIoDDKcjKAqnXZpHMLBDHCQ9nVAbZ9Wta11"
	    "wkWzsR1zzYV4fnMyxrBi9kGjOvaxH+gAlI34JD7xhpiHObeXruHMJ57fY2pZqZS0CSQNV35+cO7n"
	    "8tX7SiAVOVtXHz7LT81k9VkSJftArnxAPUxkHYe/Ngqposu/svKXFQ==",
};

/* The bytes of a vector, which has at most 600; their number is returned. */
static inline size_t
vector_read(unsigned char bytes[600], const char *vector)
{
	size_t length = 0;

	(void)sodium_base642bin(bytes, 600, vector, strlen(vector), NULL, &length, NULL,
	    sodium_base64_VARIANT_ORIGINAL);
	return length;
}

#endif
