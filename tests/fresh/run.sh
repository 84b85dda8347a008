#!/usr/bin/env bash
# Runs the README's two commands, make run and make test, on a fresh Debian 12: a folder made by debootstrap that this
# script enters by chroot. Everything that the project needs beyond git, make and ca-certificates has to come by those commands.
#
#   make test-fresh                      unpacks the machine anew and runs both commands
#   make test-fresh T="door roles"       runs these tests only, on the machine of the last run if there is one
#   make test-fresh FRESH=/srv/fresh     uses another folder than $(BUILD)/fresh
#   make test-fresh CLEAN=1              starts without what earlier runs have kept, and keeps nothing
#
# Between runs $FRESH keeps base.tar (Debian as debootstrap makes it), packages/ and npm/ (what was downloaded), and root/
# (the machine of the last run). Ends with the status of the command that failed, or 0.
set -eu -o pipefail

here=$(cd "$(dirname "$0")/../.." && pwd)
fresh=$(realpath -m "${FRESH:-$here/build/fresh}")
root=$fresh/root
base=$fresh/base.tar
tree=$root/root/egenremiss		# the clone, which its own machine calls /root/egenremiss
suite=bookworm
patience=900				# seconds until make run answers; packages are downloaded and the program is built
T=${T:-}

note() { echo "  fresh $*"; }
fail() { echo "test-fresh: $*" >&2; exit 1; }

# The mirrors of Debian 12 that this machine's apt uses, a line each as sources.list has it.
mirrors() {
	local format="deb \$(REPO_URI) \$(RELEASE) \$(COMPONENT)"
	apt-get indextargets --format "$format" 'Created-By: Packages' 'Origin: Debian' | sort -u | awk -v suite="$suite" 'index($3, suite) == 1'
}

main_mirror() { mirrors | awk -v suite="$suite" '$3 == suite && !found++ { print $2 }'; }

# The part of apt's configuration that says how a mirror is reached and how old its lists may be.
reaching() { apt-config dump | grep -E '^Acquire::(http|https|ftp|Retries|ForceIP|Check-|Languages)' || true; }

mounts() { awk -v root="$root/" 'index($5 "/", root) == 1 { print $5 }' /proc/self/mountinfo | sort -r; }

mount_all() {
	mount -t proc proc "$root/proc"
	mount -t devpts -o newinstance,ptmxmode=0666,mode=0620,gid=5 devpts "$root/dev/pts"
	mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
}

unmount_all() {
	local mount
	for mount in $(mounts); do umount "$mount" || umount -l "$mount"; done
	[ -z "$(mounts)" ] || fail "$(mounts | head -1) is still mounted"
}

# Removes a machine, never through a mount: that would empty what is mounted.
remove_root() {
	[ -d "$root" ] || return 0
	unmount_all
	keep_downloads
	rm -rf --one-file-system "$root"
}

# The device nodes that a program may expect, made by hand: the machine's own /dev is out of reach.
make_devices() {
	local name mode major minor
	while read -r name mode major minor; do
		rm -f "$root/dev/$name"
		mknod -m "$mode" "$root/dev/$name" c "$major" "$minor"
	done <<-NODES
		null 666 1 3
		zero 666 1 5
		full 666 1 7
		random 666 1 8
		urandom 666 1 9
		tty 666 5 0
	NODES
	mkdir -p "$root/dev/pts" "$root/dev/shm"
	ln -sf pts/ptmx "$root/dev/ptmx"
	ln -sfn /proc/self/fd "$root/dev/fd"
	ln -sf fd/0 "$root/dev/stdin"; ln -sf fd/1 "$root/dev/stdout"; ln -sf fd/2 "$root/dev/stderr"
	: 2> /dev/null > "$root/dev/null" || fail "$fresh is on a file system without device nodes (nodev): give another folder as FRESH="
}

# Debian 12 without any package of ours, once a week.
make_base() {
	[ -z "$(find "$base" -mtime -7 2> /dev/null)" ] || return 0
	local mirror
	mirror=$(main_mirror)
	[ -n "$mirror" ] || { apt-get -qq update; mirror=$(main_mirror); }
	[ -n "$mirror" ] || fail "apt here knows no mirror of Debian $suite"
	note "debootstrap $suite"
	remove_root
	debootstrap --variant=minbase "$suite" "$root" "$mirror" > "$fresh/debootstrap.log" 2>&1 || fail "debootstrap failed, see $fresh/debootstrap.log"
	unmount_all
	rm -f "$root"/var/cache/apt/archives/*.deb
	tar -C "$root" --one-file-system --exclude='./dev/*' -cf "$base.part" .
	mv "$base.part" "$base"
}

# A machine from the base, with this machine's way to its registries and no other package than README names.
make_root() {
	remove_root
	mkdir -p "$root"
	tar -C "$root" -xf "$base"
	make_devices
	mirrors > "$root/etc/apt/sources.list"
	reaching > "$root/etc/apt/apt.conf.d/90machine"
	cp -r /etc/apt/trusted.gpg.d/. "$root/etc/apt/trusted.gpg.d/"
	cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
	echo force-unsafe-io > "$root/etc/dpkg/dpkg.cfg.d/unsafe-io"	# nobody needs this machine after a power cut
	local file
	for file in "$HOME/.npmrc" /etc/npmrc; do [ ! -e "$file" ] || cp "$file" "$root${file/#$HOME//root}"; done
	mkdir -p "$root/usr/local/share/ca-certificates" "$fresh/packages" "$fresh/npm" "$root/root/.npm"
	[ ! -d /usr/local/share/ca-certificates ] || cp -r /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/"
	cp -r "$fresh/packages/." "$root/var/cache/apt/archives/"
	cp -r "$fresh/npm/." "$root/root/.npm/"
}

# All that the README takes for granted.
install_three() {
	note "apt git make ca-certificates"
	inside apt-get -qq update
	inside env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install git make ca-certificates \
	    > "$fresh/apt.log" 2>&1 || { cat "$fresh/apt.log"; fail "apt-get failed, see above"; }
}

# What was downloaded is kept for the next run.
keep_downloads() {
	cp -u "$root"/var/cache/apt/archives/*.deb "$fresh/packages/" 2> /dev/null || true
	cp -ru "$root/root/.npm/." "$fresh/npm/" 2> /dev/null || true
}

# Runs a command inside, with nothing of this machine's environment but its proxies. SIGINT has its usual effect, also when this
# script was started where it is ignored.
inside() {
	local proxies
	mapfile -t proxies < <(env | grep -iE '^[a-z]*_proxy=' || true)
	env -i --default-signal=INT "${proxies[@]}" HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
	    TERM="${TERM:-dumb}" chroot "$root" "$@"
}

# The commit that is checked out here. Only what changed since the last run gets a new time, so that make builds only that.
copy_tree() {
	git init -q "$tree"
	git -C "$tree" fetch -q --depth 1 "file://$here" HEAD
	git -C "$tree" -c advice.detachedHead=false checkout -q -f FETCH_HEAD
	note "commit $(git -C "$tree" rev-parse --short HEAD)"
}

# Processes whose root is the machine or lies in it: those that a command has left running.
left_running() {
	local process
	for process in /proc/[0-9]*; do
		case "$(readlink "$process/root" 2> /dev/null)/" in "$root"/*) echo "${process#/proc/}" ;; esac
	done
}

end_processes() {
	local processes i
	for i in 1 2 3 4 5; do
		processes=$(left_running)
		[ -n "$processes" ] || return 0
		kill -KILL $processes 2> /dev/null || true
		sleep 0.2
	done
}

clean() {
	remove_root
	rm -rf --one-file-system "$fresh"
}

leave() {
	local status=$?
	trap - EXIT INT TERM HUP
	[ -d "$root" ] || exit "$status"
	end_processes
	keep_downloads
	unmount_all
	[ -z "${CLEAN:-}" ] || clean
	exit "$status"
}

listening() { grep -qE "^ *[0-9]+: [0-9A-F]+:$(printf %04X "$1") [0-9A-F:]+ 0A" /proc/net/tcp /proc/net/tcp6 2> /dev/null; }

# The status line and the page at an address on this machine, by nothing but the shell.
get() {
	local rest=${1#http://} host path
	host=${rest%%/*} path=/${rest#*/}
	exec 3<> "/dev/tcp/127.0.0.1/${host##*:}"
	printf 'GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: test-fresh\r\nConnection: close\r\n\r\n' "$path" "$host" >&3
	timeout 20 cat <&3 | tr -d '\0'
	exec 3<&-
}

# make run: it answers, the form's address that it prints is a form, and Ctrl-C leaves nothing running.
try_run() {
	local log=$fresh/run.log port=8888 began=$SECONDS make form page status=0
	while listening "$port"; do port=$((port + 1)); done
	note "make run PORT=$port"
	set -m		# a process group of its own, as a terminal gives it
	inside make -C /root/egenremiss run PORT="$port" < /dev/null > "$log" 2>&1 &
	make=$!
	set +m
	until grep -q '^form: ' "$log" && listening "$port"; do
		kill -0 "$make" 2> /dev/null || { cat "$log"; fail "make run ended by itself"; }
		[ $((SECONDS - began)) -lt "$patience" ] || { cat "$log"; fail "make run does not answer"; }
		sleep 0.5
	done
	form=$(sed -n 's/^form: //p' "$log")
	page=$(get "$form") || fail "$form does not answer"
	note "make run answers after $((SECONDS - began)) s"
	[[ $page == 'HTTP/1.1 200'* && $page == *'<form '* ]] || { echo "$page" | head -20; fail "$form is no form"; }
	kill -INT -- "-$make"
	local _ left
	for _ in $(seq 100); do kill -0 "$make" 2> /dev/null || break; sleep 0.2; done
	left=$(left_running)
	[ -z "$left" ] || { grep -az . $(printf '/proc/%s/cmdline ' $left) | tr '\0' ' '; echo; fail "SIGINT leaves processes of make run"; }
	wait "$make" || status=$?
	note "SIGINT ends it (status $status), nothing is left running"
}

try_test() {
	local began=$SECONDS status=0
	note "make test${T:+ T=\"$T\"}"
	inside make -C /root/egenremiss test ${T:+T="$T"} < /dev/null 2>&1 | tee "$fresh/test.log" || status=$?
	note "make test took $((SECONDS - began)) s, node $(inside node --version)"
	return "$status"
}

main() {
	[ "$(id -u)" = 0 ] || fail "chroot and mknod need root"
	mkdir -p "$fresh"
	exec 9> "$fresh/lock"
	flock -n 9 || fail "another run uses $fresh"
	trap leave EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	[ -z "${CLEAN:-}" ] || rm -f "$base"
	if [ -n "$T" ] && [ -z "${CLEAN:-}" ] && [ -e "$tree/Makefile" ]; then
		unmount_all
		mount_all
	else
		make_base
		make_root
		mount_all
		install_three
	fi
	copy_tree
	[ -n "$T" ] || try_run
	try_test
}

main; exit		# on one line: bash reads a script while it runs it, and this one may be edited meanwhile
