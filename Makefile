# egenremiss: build, run, test. Every generated file lands in $(BUILD).

BUILD	?= build
DATA	?= var
PORT	?= 8888

export LC_ALL = C.UTF-8

comma	:= ,

# make V=1 prints each command.
ifndef V
MAKEFLAGS += -s

say	= echo "  $(1) $@"
else
say	= :
endif

# Packages of Debian 12; README.md says what each is for.
PACKAGES_BUILD	= kore gcc libc6-dev make pkg-config gettext libgettextpo-dev libsqlite3-dev \
		  libsodium-dev libqrencode-dev libpng-dev zlib1g-dev libconfig-dev libzxcvbn-dev \
		  liboath-dev libcurl4-openssl-dev libunistring-dev libcsv-dev
PACKAGES_TEST	= libcmocka-dev clang libclang-rt-14-dev chromium-headless-shell fonts-noto-core \
		  zbar-tools ghostscript poppler-utils nginx-light openssl sqlite3 procps libfaketime opensmtpd \
		  firefox-esr webkit2gtk-driver xvfb python3-gi gir1.2-webkit2-4.1 python3-icalendar
PACKAGES_BENCH	= wrk
PACKAGES_LINT	= clang-tidy
PACKAGES_FRESH	= debootstrap

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
# Whether the tests are built with AddressSanitizer, which keeps memory its own way.
SANITIZED ?= 0
OPTIMIZE ?= -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
override CFLAGS := $(OPTIMIZE) $(CFLAGS) -std=c17 -fPIC -fvisibility=hidden -pthread -D_GNU_SOURCE \
		   $(WARNINGS) -Iapp -I$(BUILD) -MMD -MP
override LDFLAGS := $(LDFLAGS) -pthread -Wl,-z,relro,-z,now,-z,pack-relative-relocs
LDLIBS	= -lsodium -lsqlite3 -lconfig -lqrencode -lpng -lz -lzxcvbn -loath -lunistring -lcsv -lm

# The features that Debian's Kore was built with. Without them struct
# http_request has another size.
KORE	= $(shell cat /usr/share/kore/features 2>/dev/null)

objects	  = $(patsubst app/%.c,$(BUILD)/%.o,$(wildcard app/$(1)/*.c))
# The objects that open connections; only the command links them, for its outbox.
CARRIERS  = $(BUILD)/notify/carry.o
CORE	  = $(foreach f,base config rules seal store flow,$(call objects,$(f))) $(BUILD)/store/scripts.o \
	    $(filter-out $(CARRIERS),$(call objects,notify))
TEXT	  = $(call objects,text) $(BUILD)/text/catalogues.o
PAGE	  = $(call objects,render) $(BUILD)/render/pages.o
WEB	  = $(foreach f,server public staff,$(call objects,$(f))) $(BUILD)/main.o \
	    $(patsubst assets/script/%.js,$(BUILD)/script/%.o,$(wildcard assets/script/*.js))
CLI	  = $(call objects,cli)
# Templates have a folder for each word; no two templates have the same base name.
TEMPLATES = $(wildcard assets/page/*/*.html)
CATALOGUES = $(patsubst %,assets/text/%.po,$(shell cat assets/text/LINGUAS))
STYLES	  = $(wildcard assets/style/*.css) $(wildcard assets/script/inline/*.js)

.PHONY: all packages packages-test packages-bench packages-lint node-modules programs run test \
	packages-html html walk walk-sees screenshots check test-long test-durations lint sanitized unit bench install clean catalogues
.SECONDARY:
.DELETE_ON_ERROR:

all: packages
	$(MAKE) -j$$(nproc) programs

programs: $(BUILD)/egenremiss $(BUILD)/egenremiss.so

$(BUILD)/egenremiss: $(CLI) $(CORE) $(CARRIERS)
	$(call say,link) && $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcurl

# With hidden symbols and -Bsymbolic no function of ours replaces one of Kore or libc, or is replaced.
$(BUILD)/egenremiss.so: $(WEB) $(PAGE) $(TEXT) $(CORE)
	$(call say,link) && $(CC) $(LDFLAGS) -shared -Wl,-Bsymbolic -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: app/%.c
	mkdir -p $(@D)
	$(call say,cc) && $(CC) $(CFLAGS) $(if $(filter app/server/% app/main.c,$<),$(KORE)) -c -o $@ $<

$(BUILD)/%.o: $(BUILD)/%.c
	$(call say,cc) && $(CC) $(CFLAGS) -c -o $@ $<

$(WEB) $(call objects,render): $(BUILD)/render/pages.h

# Programs that run during the build, and the files that they make.

$(BUILD)/tools/template: $(patsubst app/%.c,$(BUILD)/%.o,$(wildcard app/tools/template*.c)) \
    $(call objects,base) $(BUILD)/text/placeholder.o
	$(call say,link) && $(CC) $(LDFLAGS) -o $@ $^ -lconfig -lm

$(BUILD)/tools/catalogue: $(patsubst app/%.c,$(BUILD)/%.o,$(wildcard app/tools/catalogue*.c)) \
    $(call objects,base) $(BUILD)/text/placeholder.o
	$(call say,link) && $(CC) $(LDFLAGS) -o $@ $^ -lgettextpo -lconfig -lm

$(BUILD)/tools/embed: $(BUILD)/tools/embed.o $(call objects,base)
	$(call say,link) && $(CC) $(LDFLAGS) -o $@ $^ -lconfig -lm

$(BUILD)/render/pages.c $(BUILD)/render/pages.h &: $(TEMPLATES) $(STYLES) $(BUILD)/tools/template
	mkdir -p $(@D)
	$(BUILD)/tools/template $(BUILD)/render/pages.c $(BUILD)/render/pages.h $(TEMPLATES)

$(BUILD)/text/catalogues.c: $(CATALOGUES) $(BUILD)/tools/catalogue
	mkdir -p $(@D)
	for po in $(CATALOGUES); do msgfmt --check-format --check-domain -o /dev/null $$po || exit 1; done
	$(BUILD)/tools/catalogue $@ $(CATALOGUES)

$(BUILD)/script/%.c: assets/script/%.js $(BUILD)/tools/embed
	mkdir -p $(@D)
	$(BUILD)/tools/embed script_$* $< > $@

# schema.sql makes a new database. The n-th migration makes version n + 1. 0001 is
# schema.sql as it was first released; the program does not need it.
MIGRATIONS = $(filter-out %/0001-schema.sql,$(sort $(wildcard app/store/migrations/*.sql)))

$(BUILD)/store/scripts.c: app/store/schema.sql $(MIGRATIONS) $(BUILD)/tools/embed
	mkdir -p $(@D)
	{ echo '#include "store/sqlite.h"'; n=0; list=; \
	  $(BUILD)/tools/embed schema app/store/schema.sql || exit 1; \
	  for script in $(MIGRATIONS); do n=$$((n + 1)); \
	    $(BUILD)/tools/embed migration_$$n $$script || exit 1; \
	    list="$$list{ \"$${script##*/}\", (const char *)migration_$$n }, "; done; \
	  echo "static const struct script migrations[] = { $$list{ NULL, NULL } };"; \
	  echo "const struct schema store_schema = { (const char *)schema, migrations, $$n };"; } > $@

# Brings the catalogues up to date with the texts in templates and sources.
catalogues: $(BUILD)/render/pages.c
	xgettext --language=C --from-code=UTF-8 --keyword=_ --keyword=_n:1,2 --keyword=N_ \
	    --keyword=text_plural:2,3 --flag=_:1:no-c-format \
	    --flag=N_:1:no-c-format --flag=_n:1:no-c-format --flag=_n:2:no-c-format \
	    --no-location --package-name=egenremiss -o $(BUILD)/text/messages.pot \
	    $(BUILD)/render/pages.c app/base/acts.def app/base/fields.def \
	    $(wildcard app/text/*.c app/render/*.c app/public/*.c app/staff/*.c) 2> $(BUILD)/text/xgettext.log
	for po in $(CATALOGUES); do \
	    msgmerge --quiet --no-fuzzy-matching --no-location --update --backup=off $$po \
	        $(BUILD)/text/messages.pot && sed -i '/^"POT-Creation-Date\|^"Report-Msgid/d' $$po && msgattrib --no-obsolete -o $$po $$po || exit 1; done

# Runs a demonstration service in $(DATA), made at the first start, and its outbox; Ctrl-C ends both.
# What a restart of the service must not forget is in memory, as systemd's RuntimeDirectory is.
run: all
	EGENREMISS_URL=http://localhost:$(PORT) $(BUILD)/egenremiss init --demo --data $(DATA)
	sed -e 's|@PORT@|$(PORT)|' -e 's|@DATA@|$(abspath $(DATA))|' -e 's|@MODULE@|$(abspath $(BUILD))/egenremiss.so|' \
	    conf/kore.local.conf > $(DATA)/kore.conf
	ulimit -n 1024; export EGENREMISS_URL=http://localhost:$(PORT) EGENREMISS_DATA=$(DATA); \
	    export RUNTIME_DIRECTORY=$${XDG_RUNTIME_DIR:-/dev/shm}/egenremiss-$$(id -u)-$(PORT); \
	    install -d -m 700 $$RUNTIME_DIRECTORY || exit 1; \
	    $(BUILD)/egenremiss outbox & outbox=$$!; kore -fnrq -c $(DATA)/kore.conf & kore=$$!; \
	    trap 'kill $$kore $$outbox 2> /dev/null' INT TERM HUP EXIT; wait $$kore; \
	    status=$$?; kill $$outbox 2> /dev/null; wait $$kore $$outbox; exit $$status

# Tests: each C file is a cmocka program or a fuzzer; the others are node's. make test T=name runs one.

tests	  = $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/$(1)/*.c))
UNIT	  = $(call tests,unit) $(call tests,store)
FUZZ	  = $(call tests,fuzz)
# An archive, of which each test links only the objects that it uses: to link all of them into
# ninety programs takes half a minute.
PARTS	  = $(BUILD)/tests/parts.a

$(PARTS): $(CORE) $(TEXT) $(PAGE)
	mkdir -p $(@D)
	$(call say,ar) && rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/tests/%.o: tests/%.c
	mkdir -p $(@D)
	$(call say,cc) && $(CC) $(CFLAGS) -DSANITIZED=$(SANITIZED) -Itests -c -o $@ $<

# This test opens a backup with libsodium alone, and links no object of the program.
ALONE	  = $(BUILD)/tests/unit/seal_format

$(ALONE): %: %.o
	$(call say,link) && $(CC) $(LDFLAGS) -o $@ $^ -lcmocka -lsodium -lsqlite3

# Argon2id is slow on purpose. These tests link a quick secret_lock; the tests of seal/ use the real one.
CHEAP	  = $(filter-out $(BUILD)/tests/unit/seal%,$(UNIT))
wrap	  = $(patsubst %,-Wl$(comma)--wrap=%,$(1))

$(CHEAP): $(BUILD)/tests/cheap/lock.o
$(CHEAP): override LDFLAGS += $(call wrap,secret_lock)

# The objects of the model are in a folder.
MODEL	  = $(BUILD)/tests/unit/model

$(MODEL): $(patsubst tests/%.c,$(BUILD)/tests/%.o,$(wildcard tests/model/*.c))
$(MODEL): override LDFLAGS += $(call wrap,secret_key_new secret_key_free crypto_scalarmult_base \
    crypto_box_seal_open)

$(filter-out $(ALONE),$(UNIT)): %: %.o $(PARTS)
	$(call say,link) && $(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(PARTS) -lcmocka $(LDLIBS)

$(BUILD)/tests/oracle/ask $(BUILD)/tests/words/messages: %: %.o $(PARTS)
	$(call say,link) && $(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(PARTS) $(LDLIBS)

# The program's objects are compiled for the fuzzers, which measure the coverage.
CLANG	  = clang -std=c17 -D_GNU_SOURCE -g -O1 -Iapp -MMD -MP -fno-sanitize-recover=all
FUZZED	  = $(foreach f,base config seal rules,$(patsubst app/%.c,$(BUILD)/fuzzed/%.o,$(wildcard app/$(f)/*.c)))

$(BUILD)/fuzzed/%.o: app/%.c
	mkdir -p $(@D)
	$(call say,clang) && $(CLANG) -fsanitize=fuzzer-no-link,address,undefined -c -o $@ $<

$(FUZZ): $(BUILD)/tests/%: tests/%.c $(FUZZED)
	mkdir -p $(@D)
	$(call say,clang) && $(CLANG) -fsanitize=fuzzer,address,undefined -o $@ $< $(FUZZED) \
	    -lsodium -lconfig -lzxcvbn -loath -lunistring -lcsv -lm

# Argon2id at its least cost, for services that tests start; see tests/support/service.mjs.
ARGON2	  = $(BUILD)/tests/cheap/argon2.so

$(ARGON2): tests/cheap/argon2.c
	mkdir -p $(@D)
	$(call say,cc) && $(CC) $(filter-out -fvisibility=hidden,$(CFLAGS)) -shared -o $@ $< -Wl,--no-as-needed -lsodium

# Uses the service at random in Chromium, for SECONDS; SEED repeats a walk. See tests/README.md.
walk: all packages-test node-modules $(ARGON2)
	BUILD=$(abspath $(BUILD)) SECONDS=$(SECONDS) STEPS=$(STEPS) SEED=$(SEED) OFF='$(OFF)' PEOPLE='$(PEOPLE)' \
	    node tests/walk/walker/main.mjs

# Takes the screenshots of README.md anew; see tests/support/screenshots.mjs.
screenshots: all packages-test node-modules $(ARGON2)
	BUILD=$(abspath $(BUILD)) node tests/support/screenshots.mjs

# Breaks the program once for each invariant of the walker, which must find it.
walk-sees: all packages-test node-modules $(ARGON2)
	BUILD=$(abspath $(BUILD)) node --test-reporter=tap tests/walk/long/sees.mjs

REAPER	  = $(BUILD)/tests/run/reaper

$(REAPER): %: %.o
	$(call say,link) && $(CC) $(LDFLAGS) -o $@ $^

# The runner compiles the C tests while other tests run.
RUN_TESTS = unset MAKEFLAGS MFLAGS MAKELEVEL; export BUILD=$(BUILD); node tests/run.mjs

test: all packages-test node-modules $(REAPER) $(ARGON2) $(ALONE)
	$(RUN_TESTS) $(T)

# Every page by the Nu HTML checker, which needs Java.
html: all packages-test packages-html node-modules $(ARGON2) tests/nu/node_modules/.package-lock.json
	BUILD=$(BUILD) node --test tests/nu/pages.mjs

# Lint and tests side by side: clang-tidy uses a core while tests wait.
check: all packages-test packages-lint node-modules $(REAPER) $(ARGON2) $(ALONE)
	export LINT=1; $(RUN_TESTS)

# Takes hours: the tests that make test runs only briefly, and a fresh machine.
MODEL_EVENTS ?= 1000000
FUZZ_SECONDS ?= 900
WALK_SECONDS ?= 3600

test-long: all packages-test node-modules $(REAPER) $(ARGON2)
	$(MAKE) lint STATES=225000
	export MODEL_EVENTS=$(MODEL_EVENTS) FUZZ_SECONDS=$(FUZZ_SECONDS); $(RUN_TESTS) model fuzz
	$(MAKE) html
	$(MAKE) walk-sees
	$(MAKE) walk SECONDS=$(WALK_SECONDS)
	$(MAKE) test-fresh

# Measures each test and lint alone, for the order in which a new build folder runs them.
test-durations: all packages-test packages-lint node-modules $(REAPER) $(ARGON2) $(ALONE)
	export MEASURE=1 LINT=1; $(RUN_TESTS)

# Programs that make bench compares the service with: a bare Kore, a slow disk, and the service
# with one commit for each submission.
BENCH	  = $(addprefix $(BUILD)/tests/bench/,bare.so slow_sync.so fill symbols one_by_one.so)

$(BUILD)/tests/bench/bare.so: tests/bench/bare.c
	mkdir -p $(@D)
	$(call say,cc) && $(CC) $(filter-out -fvisibility=hidden,$(CFLAGS)) $(KORE) -shared -o $@ $< -lsodium

$(BUILD)/tests/bench/slow_sync.so: tests/bench/slow_sync.c
	mkdir -p $(@D)
	$(call say,cc) && $(CC) $(filter-out -fvisibility=hidden,$(CFLAGS)) -shared -o $@ $<

$(BUILD)/tests/bench/fill $(BUILD)/tests/bench/symbols: %: %.o $(CORE)
	$(call say,link) && $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/tests/bench/form.o: app/public/form.c
	mkdir -p $(@D)
	$(call say,cc) && $(CC) $(CFLAGS) -DBATCH_MAX=1 -c -o $@ $<

$(BUILD)/tests/bench/one_by_one.so: $(BUILD)/tests/bench/form.o $(filter-out %/public/form.o,$(WEB)) $(PAGE) $(TEXT) $(CORE)
	$(call say,link) && $(CC) $(LDFLAGS) -shared -Wl,-Bsymbolic -o $@ $^ $(LDLIBS)

bench: all packages-test packages-bench node-modules
	$(MAKE) -j$$(nproc) $(BENCH)
	BUILD=$(abspath $(BUILD)) node tests/bench/run.mjs

# How many states of a function clang-analyzer looks at; its own limit of 225 000 takes six times as
# long. Of 120 mistakes made on purpose one by one both find the same 16; make test-long has its own.
STATES ?= 20000

lint: all packages-lint
	ls app/*/*.c app/main.c | xargs -P $(or $(JOBS),$$(nproc)) -n 8 sh -c \
	    'clang-tidy --quiet "$$@" -- -std=c17 -D_GNU_SOURCE -Iapp -I$(BUILD) $(KORE) \
	    -Xclang -analyzer-config -Xclang max-nodes=$(STATES) 2>/dev/null' lint

# The unit and store tests, compiled with ASan and UBSan. Without optimization they run as long and compile quicker.
sanitized: packages packages-test
	ASAN_OPTIONS=detect_leaks=0 $(MAKE) -j$(or $(JOBS),$$(nproc)) BUILD=$(BUILD)/sanitized SANITIZED=1 \
	    OPTIMIZE='-O0 -g1 -fsanitize=address,undefined \
	    -fno-sanitize-recover=all -fno-omit-frame-pointer' LDFLAGS='-fsanitize=address,undefined' \
	    unit

unit: $(UNIT)

# Runs make run and make test on a fresh Debian 12 in a folder; tests/fresh/run.sh explains T=, FRESH= and CLEAN=.
.PHONY: test-fresh packages-fresh
test-fresh: packages-fresh
	FRESH='$(or $(FRESH),$(abspath $(BUILD))/fresh)' CLEAN='$(CLEAN)' T='$(T)' tests/fresh/run.sh

# Installs the program where conf/ expects it, and the configuration if there is none yet.
install: all
	install -D -t $(DESTDIR)/usr/local/bin $(BUILD)/egenremiss
	install -D -m 644 -t $(DESTDIR)/usr/local/lib/egenremiss $(BUILD)/egenremiss.so
	install -D -m 644 -t $(DESTDIR)/etc/systemd/system conf/egenremiss.service \
	    conf/egenremiss-outbox.service
	install -d $(DESTDIR)/etc/egenremiss
	for file in kore.conf service.conf; do [ -e $(DESTDIR)/etc/egenremiss/$$file ] || \
	    install -m 644 conf/$$file $(DESTDIR)/etc/egenremiss/$$file; done

clean:
	rm -rf $(BUILD)

# Packages: apt installs only missing ones; npm runs only when the lock file has changed.

define require
missing=$$(for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | \
    grep -q 'ok installed' || echo $$p; done); [ -z "$$missing" ] || { \
    echo "  apt $$missing"; sudo=$$([ $$(id -u) = 0 ] || echo sudo); \
    $$sudo apt-get -qq update && $$sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -y --no-install-recommends install $$missing > /dev/null; }
endef

packages:
	$(call require,$(PACKAGES_BUILD))

packages-test:
	$(call require,$(PACKAGES_TEST) $(if $(shell command -v node),,nodejs) \
	    $(if $(shell command -v npm),,npm))

packages-bench:
	$(call require,$(PACKAGES_BENCH))

packages-html:
	$(call require,default-jre-headless)

packages-lint:
	$(call require,$(PACKAGES_LINT))

packages-fresh:
	$(call require,$(PACKAGES_FRESH))

node-modules: tests/node_modules/.package-lock.json

%/node_modules/.package-lock.json: %/package.json %/package-lock.json | packages-test
	cd $* && npm ci --silent --ignore-scripts
	touch $@

# Dependency files of this checkout, without those of a fresh machine.
-include $(shell find $(BUILD) -path $(BUILD)/fresh -prune -o -name '*.d' -print 2>/dev/null)
