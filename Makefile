# egenremiss: build, run, test. Every generated file lands in $(BUILD).

BUILD	?= build
DATA	?= var
PORT	?= 8888

# make V=1 shows each command whole.
ifndef V
MAKEFLAGS += -s
say	= echo "  $(1) $@"
else
say	= :
endif

# What Debian 12 has to offer; the README says why each is there.
PACKAGES_BUILD	= kore gcc libc6-dev make pkg-config gettext libgettextpo-dev libsqlite3-dev \
		  libsodium-dev libqrencode-dev libpng-dev zlib1g-dev libconfig-dev
PACKAGES_TEST	= libcmocka-dev clang libclang-rt-14-dev nodejs npm chromium fonts-noto-core \
		  zbar-tools nginx-light openssl sqlite3 procps
PACKAGES_BENCH	= wrk
PACKAGES_LINT	= clang-tidy

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
OPTIMIZE ?= -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
override CFLAGS := $(OPTIMIZE) $(CFLAGS) -std=c17 -fPIC -fvisibility=hidden -pthread -D_GNU_SOURCE \
		   $(WARNINGS) -Iapp -I$(BUILD) -MMD -MP
override LDFLAGS := $(LDFLAGS) -pthread -Wl,-z,relro,-z,now
LDLIBS	= -lsodium -lsqlite3 -lconfig -lqrencode -lpng -lz

# The features that Debian's Kore was built with; without them struct
# http_request has another size. Its headers are no match for -Wpedantic.
KORE	= $(shell cat /usr/share/kore/features 2>/dev/null)

objects	  = $(patsubst app/%.c,$(BUILD)/%.o,$(wildcard app/$(1)/*.c))
CORE	  = $(foreach f,base referral seal store flow,$(call objects,$(f))) $(BUILD)/store/scripts.o
TEXT	  = $(call objects,text) $(BUILD)/text/catalogues.o
PAGE	  = $(call objects,page) $(BUILD)/page/pages.o
WEB	  = $(call objects,web) $(BUILD)/main.o
CLI	  = $(call objects,cli)
TEMPLATES = $(wildcard assets/page/*.html)
CATALOGUES = $(wildcard assets/text/*.po)
STYLES	  = $(wildcard assets/style/*.css)

.PHONY: all packages packages-test run test lint bench clean catalogues
.SECONDARY:
.DELETE_ON_ERROR:

all: $(BUILD)/egenremiss $(BUILD)/egenremiss.so

$(BUILD)/egenremiss: $(CLI) $(CORE)
	$(call say,link) && $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Hidden symbols and -Bsymbolic: nothing of ours is taken for something of Kore's or libc's.
$(BUILD)/egenremiss.so: $(WEB) $(PAGE) $(TEXT) $(CORE)
	$(call say,link) && $(CC) $(LDFLAGS) -shared -Wl,-Bsymbolic -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: app/%.c
	mkdir -p $(@D)
	$(call say,cc) && $(CC) $(CFLAGS) $(if $(filter app/web/% app/main.c,$<),$(KORE)) -c -o $@ $<

$(BUILD)/%.o: $(BUILD)/%.c
	$(call say,cc) && $(CC) $(CFLAGS) -c -o $@ $<

$(WEB): $(BUILD)/page/pages.h

# Build-time programs and what they make.

$(BUILD)/tools/template: $(patsubst app/%.c,$(BUILD)/%.o,$(wildcard app/tools/template*.c)) \
    $(call objects,base) $(BUILD)/text/placeholder.o
	$(call say,link) && $(CC) $(LDFLAGS) -o $@ $^ -lconfig

$(BUILD)/tools/catalogue: $(patsubst app/%.c,$(BUILD)/%.o,$(wildcard app/tools/catalogue*.c)) \
    $(call objects,base) $(BUILD)/text/placeholder.o
	$(call say,link) && $(CC) $(LDFLAGS) -o $@ $^ -lgettextpo -lconfig

$(BUILD)/tools/embed: $(BUILD)/tools/embed.o $(call objects,base)
	$(call say,link) && $(CC) $(LDFLAGS) -o $@ $^ -lconfig

$(BUILD)/page/pages.c $(BUILD)/page/pages.h &: $(TEMPLATES) $(STYLES) $(BUILD)/tools/template
	mkdir -p $(@D)
	$(BUILD)/tools/template $(BUILD)/page/pages.c $(BUILD)/page/pages.h $(TEMPLATES)

$(BUILD)/text/catalogues.c: $(CATALOGUES) $(BUILD)/tools/catalogue
	mkdir -p $(@D)
	for po in $(CATALOGUES); do msgfmt --check-format --check-domain -o /dev/null $$po || exit 1; done
	$(BUILD)/tools/catalogue $@ $(CATALOGUES)

# The n-th script makes version n of the database.
SCRIPTS	  = app/store/schema.sql $(sort $(wildcard app/store/migrations/*.sql))

$(BUILD)/store/scripts.c: $(SCRIPTS) $(BUILD)/tools/embed
	mkdir -p $(@D)
	{ echo '#include "store/sqlite.h"'; n=0; list=; \
	  for script in $(SCRIPTS); do n=$$((n + 1)); \
	    $(BUILD)/tools/embed script_$$n $$script || exit 1; \
	    list="$$list{ \"$${script##*/}\", (const char *)script_$$n }, "; done; \
	  echo "const struct script store_scripts[] = { $$list};"; \
	  echo "const size_t store_scripts_count = $$n;"; } > $@

# A demonstration service in $(DATA), made on the first start.
run: all
	$(BUILD)/egenremiss init --demo --data $(DATA)
	sed -e 's|@PORT@|$(PORT)|' -e 's|@MODULE@|$(abspath $(BUILD))/egenremiss.so|' \
	    conf/kore.local.conf > $(DATA)/kore.conf
	ulimit -n 1024; EGENREMISS_URL=http://localhost:$(PORT) EGENREMISS_DATA=$(DATA) \
	    exec kore -fnrq -c $(DATA)/kore.conf
