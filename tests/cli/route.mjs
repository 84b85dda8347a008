// The command `egenremiss`: the queue of a submission, the checks of `check`, errors and exit
// statuses.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const program = resolve(root, process.env.BUILD ?? "build", "egenremiss");
const file = "conf/service.conf";
const text = readFileSync(join(root, file), "utf8");
const folder = mkdtempSync(join(tmpdir(), "egenremiss-cli-"));
after(() => rmSync(folder, { recursive: true }));

function run(...words) {
	const env = { PATH: process.env.PATH };
	const { status, stdout, stderr } = spawnSync(program, words, { cwd: root, env, encoding: "utf8" });
	return { status, stdout, stderr };
}

/** The demonstration with one thing replaced, in a file of its own. */
function changed(find, replace, base = text) {
	const path = join(folder, "service.conf");
	assert.ok(base.includes(find), `${find} is not in ${file}`);
	writeFileSync(path, base.replace(find, replace).replaceAll("../assets", join(root, "assets")));
	return path;
}

function check(config, ...words) {
	return run("check", "--data", join(folder, "none"), "--config", config, ...words);
}

/** The line of the file on which a route stands, by the text it must hold. */
function lineOf(...parts) {
	const found = text.split("\n").flatMap((line, i) =>
		parts.every((part) => line.includes(part)) && line.includes("queue = ") ? [i + 1] : []);
	assert.equal(found.length, 1, `one route with ${parts}`);
	return found[0];
}

const young = ["under15", "15-17", "18-19"];
const older = ["20-24", "25-29", "30plus", "unsaid"];
const routes = [
	["1781", young, "kristinehamn-kaa", lineOf("1781", "kristinehamn-kaa")],
	["1781", older, "kristinehamn-unga", lineOf("1781", "kristinehamn-unga")],
	["1780", young, "karlstad-kaa", lineOf("1780", "karlstad-kaa")],
	["1780", older, "karlstad-unga", lineOf("1780", "karlstad-unga")],
	["1784", [...young, ...older], "arvika-unga", lineOf("arvika-unga")],
	["1783", [...young, ...older], "hagfors-unga", lineOf("hagfors-unga")],
	["1782", [...young, ...older], "varmland-mottagning", lineOf("varmland-mottagning")],
];

describe("route follows each line of conf/service.conf", () => {
	for (const [area, ages, queue, line] of routes) {
		test(`${area} to ${queue}`, () => {
			for (const age of ages) {
				const { status, stdout } = run("route", `area=${area}`, `age=${age}`,
					"who=relative", "speak=other");
				assert.equal(status, 0);
				const closed = area === "1782" ? /conf\/service\.conf:\d+: the form of Filipstad is closed\n/ : /^/;
				assert.match(stdout, closed);
				assert.equal(stdout.replace(area === "1782" ? closed : "", ""), `${queue}\n${file}:${line}\n`);
			}
		});
	}

	test("an area may be given by address or name, and other values left out", () => {
		for (const area of ["karlstad", "KARLSTAD", "1780"])
			assert.equal(run("route", `area=${area}`).stdout,
				`karlstad-unga\n${file}:${routes[3][3]}\nage was left out: taken as unsaid\n` +
				"who was left out: taken as self\nspeak was left out: taken as sv\n");
	});

	test("routes follow conditions on who and speak", () => {
		const config = changed('{ area = "1784"; queue',
			'{ area = "1784"; who = "professional"; speak = "other"; queue = "karlstad-kaa"; },\n' +
			'{ area = "1784"; queue');
		const queue = (...words) => run("route", "--config", config, "area=arvika", ...words).stdout.split("\n")[0];
		assert.equal(queue("who=professional", "speak=other"), "karlstad-kaa");
		assert.equal(queue("who=professional", "speak=sv"), "arvika-unga");
		assert.equal(queue("who=self", "speak=other"), "arvika-unga");
	});
});

const more = '"egenremiss route --help" tells more.\n';
const wrong = [
	[[], 'area is missing; write such as area=1781'],
	[["area=9999"], 'there is no area "9999"; write one of 1781 Kristinehamn, 1780 Karlstad, ' +
		"1784 Arvika, 1783 Hagfors, 1782 Filipstad, 1700 Värmland"],
	[["area=1781", "age=16"], 'unknown age "16"; use one of: under15, 15-17, 18-19, ' +
		"20-24, 25-29, 30plus, unsaid"],
	[["area=1781", "who=me"], 'unknown who "me"; use one of: self, relative, professional'],
	[["area=1781", "speak=en"], 'unknown speak "en"; use one of: sv, other'],
	[["area=1781", "colour=red"], '"colour=red" is no condition; write area=, age=, who= or speak= and a value'],
	[["area"], '"area" is no condition; write area=, age=, who= or speak= and a value'],
	[["--area", "1781"], "there is no option --area; leave it out"],
	[["-x"], "there is no option -x; leave it out"],
	[["--config"], "--config lacks its value; write it after the option"],
];

describe("a wrong argument is refused with a remedy", () => {
	for (const [words, complaint] of wrong) {
		test(`route ${words.join(" ")}`, () =>
			assert.deepEqual(run("route", ...words),
				{ status: 2, stdout: "", stderr: `egenremiss route: ${complaint}\n${more}` }));
	}

	test("a missing or unknown subcommand prints the usage", () => {
		for (const words of [[], ["rout"]]) {
			const { status, stdout, stderr } = run(...words);
			assert.equal(status, 2);
			assert.equal(stdout, "");
			assert.match(stderr, /^ {2}route {4}Say which queue/m);
		}
		assert.match(run("rout").stderr, /there is no subcommand "rout"/);
	});

	test("a missing configuration is reported", () => {
		const none = { stdout: "", status: 3, stderr: "egenremiss route: none.conf: No such file or directory\n" };
		assert.deepEqual(run("route", "--config", "none.conf", "area=1781"), none);
	});
});

test("--help prints the usage of the command and of each subcommand", () => {
	const { status, stdout } = run("--help");
	assert.equal(status, 0);
	const names = [...stdout.matchAll(/^ {2}([a-z]+) +[A-Z]/gm)].map((match) => match[1]);
	assert.ok(names.includes("check") && names.includes("route"));
	for (const name of names) {
		const help = run(name, "--help");
		assert.equal(help.status, 0, name);
		assert.equal(help.stderr, "", name);
		assert.match(help.stdout, new RegExp(`^usage: egenremiss ${name} `));
		for (const option of ["--help", "--data DIR", "--config FILE"])
			assert.ok(help.stdout.includes(`  ${option} `), `${name} ${option}`);
		assert.deepEqual(run(name, "-h"), help);
	}
});

describe("check", () => {
	test("proves the demonstration, with numbers", () => {
		const { status, stdout, stderr } = run("check", "--data", folder);
		assert.equal(status, 0, stderr);
		assert.match(stdout, /^6 areas × 7 ages × 3 kinds × 2 languages = 252 combinations, each in exactly one queue$/m);
		assert.match(stdout, /^7 routes, each of use$/m);
		assert.match(stdout, /^13 telephone numbers of areas and queues, each can be rung$/m);
		assert.match(stdout, /^no database in .* yet: keys and coordinators are not checked/m);
		assert.match(stdout, /^faults: 0, /m);
	});

	const faults = [
		["a dead route", '{ area = "1784"; queue', '{ area = "1781"; age = "15-17"; queue = "karlstad-kaa"; },\n{ area = "1784"; queue',
			/:\d+: the route is never used: /],
		["a fallback with a condition", '{ queue = "varmland', '{ speak = "sv"; queue = "varmland', /:\d+: the last route has a condition; /],
		["a number that cannot be rung", "070-174 06 31", "070-174 06 3", /:\d+: "070-174 06 3" is no number that can be rung; write /],
		["a crisis line checked in the future", 'checked = "2026-11-23"', 'checked = "9999-01-01"',
			/:\d+: SOS Alarm was checked on a day that has not come; write /],
		["an unknown key", "zone =", "zonn =", /:\d+: the service has no key "zonn"; the nearest is "zone"/],
	];
	for (const [name, find, replace, complaint] of faults) {
		test(`${name} is a fault`, () => {
			const { status, stderr } = check(changed(find, replace));
			assert.equal(status, 1);
			assert.match(stderr, complaint);
		});
	}

	const warnings = [
		["an old crisis line", 'checked = "2026-11-23"', 'checked = "2020-01-01"',
			/warning: SOS Alarm was checked more than a year ago; compare 112 /],
		["an opening day that has come", "2027-08-16", "2020-08-16", /warning: Filipstad is closed though /],
		["a queue that gets nothing", '{ area = "1783"; queue = "hagfors-unga"; },', "",
			/warning: nothing can come in to queue hagfors-unga; /],
	];
	for (const [name, find, replace, complaint] of warnings) {
		test(`${name} is a warning`, () => {
			const { status, stderr } = check(changed(find, replace));
			assert.equal(status, 0);
			assert.match(stderr, complaint);
		});
	}

	test("a real service needs https and numbers of its own", () => {
		const { status, stderr } = check(changed("demonstration = true;", ""));
		assert.equal(status, 1);
		assert.match(stderr, /070-174 06 05 is reserved for examples; /);
		assert.match(stderr, /:\d+: a real service is reached by https, /);
	});

	test("an extra argument is refused", () => assert.equal(check(file, "all").status, 2));

	test("a full disk is reported as a failure", () => {
		const { status } = spawnSync("sh", ["-c", `"${program}" check --data "${folder}" > /dev/full`],
			{ cwd: root, encoding: "utf8" });
		assert.equal(status, 3);
	});
});
