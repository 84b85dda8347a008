// The subcommands that work on a service: their output, refusals, files and exit statuses.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { qr } from "../support/scan.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const program = resolve(root, process.env.BUILD ?? "build", "egenremiss");
const folder = mkdtempSync(join(tmpdir(), "egenremiss-commands-"));
after(() => rmSync(folder, { recursive: true }));

function run(input, ...words) {
	const { status, stdout, stderr } = spawnSync(program, words,
		{ cwd: root, env: { PATH: process.env.PATH }, encoding: "utf8", input });
	return { status, stdout, stderr };
}

/** The permission bits of a file. */
const mode = (path) => (statSync(path).mode & 0o777).toString(8);

/** The demonstration's configuration as a real service's, in a file of its own. */
function realConfig(change = (text) => text) {
	const path = join(folder, "real.conf");
	const text = readFileSync(join(root, "conf/service.conf"), "utf8");
	writeFileSync(path, change(text.replace("demonstration = true;", "demonstration = false;"))
		.replaceAll("../assets", join(root, "assets")));
	return path;
}

const common = (data, config = "conf/service.conf") => ["--data", data, "--config", config];

describe("init --demo", () => {
	const data = join(folder, "demo");
	let first;
	before(() => { first = run("", "init", "--demo", ...common(data)); });

	test("prints the coordinator first", () => {
		assert.equal(first.status, 0, first.stderr);
		assert.match(first.stdout, /^user: anna\npassphrase: ([a-z]{5}-){4}[a-z]{5}\nlead: leo\n/);
		assert.equal(first.stdout.match(/^user: /gm).length, 1);
		assert.equal(first.stdout.match(/^passphrase: /gm).length, 1);
		assert.equal(first.stdout.match(/^code: [0-9A-Z]{6} /gm).length, 6);
	});

	test("stores what it printed, without the recovery key, readable by the owner alone", () => {
		assert.equal(mode(data), "700");
		assert.equal(mode(join(data, "demo-accounts")), "600");
		assert.equal(mode(join(data, "egenremiss.db")), "600");
		const kept = readFileSync(join(data, "demo-accounts"), "utf8");
		assert.match(first.stdout.slice(kept.length), /^recovery key, shown once: ([a-z]{5}-){16}[a-z]{5}\n/);
		assert.ok(first.stdout.startsWith(kept));
	});

	test("prints the same when run again", () => {
		const again = run("", "init", "--demo", ...common(data));
		assert.equal(again.status, 0);
		assert.equal(again.stdout, first.stdout.replace(/^recovery key, .*\n/m, ""));
		assert.ok(again.stdout.startsWith(readFileSync(join(data, "demo-accounts"), "utf8")));
	});

	test("prints the addresses of the first area's form and of the staff pages", () => {
		const [, code] = first.stdout.match(/^code: (\S+) kristinehamn$/m);
		assert.match(first.stdout, new RegExp(`^form: http://localhost:8888/q/${code}$`, "m"));
		assert.match(first.stdout, /^staff: http:\/\/localhost:8888\/staff$/m);
	});

	test("gives the doctor no fault", () => {
		const { status, stdout } = run("", "doctor", ...common(data));
		assert.equal(status, 0, stdout);
		assert.match(stdout, /^kristinehamn-kaa\t0\t0\t0\t0\t2\t0\t-\t-$/m);
		assert.match(stdout, /^0 faults$/m);
	});

	test("is found by the doctor of a real service, and can be removed", () => {
		const config = realConfig();
		const { status, stdout } = run("", "doctor", ...common(data, config));
		assert.equal(status, 1);
		assert.match(stdout, /^fault: .*demonstration accounts.*egenremiss user remove-demo$/m);
		// Nobody else could open the queues.
		assert.equal(run("", "user", "remove-demo", ...common(data, config)).status, 1);
		const recovery = /once: (.*)$/m.exec(first.stdout)[1];
		const queues = [...run("", "doctor", ...common(data)).stdout.matchAll(/^(\S+)\t\d.*$/gm)]
			.flatMap((match) => ["--queue", match[1]]);
		const added = run(`${recovery}\n`, "user", "add", "berit", "--name", "Berit", "--role", "coordinator",
			...queues, ...common(data, config));
		assert.equal(added.status, 0, added.stderr);
		const removed = run("", "user", "remove-demo", ...common(data, config));
		assert.deepEqual([removed.status, removed.stdout], [0, "3 removed\n"]);
		assert.ok(!existsSync(join(data, "demo-accounts")));
		assert.equal(run("", "doctor", ...common(data, config)).status, 0);
	});

	test("is refused to a real service", () => {
		const none = join(folder, "refused");
		const { status, stderr } = run("", "init", "--demo", ...common(none, realConfig()));
		assert.equal(status, 1);
		assert.match(stderr, /real\.conf is a real service's; /);
		assert.ok(!existsSync(none));
	});
});

describe("a real service", () => {
	const data = join(folder, "real");
	let config, sheet, recovery;
	const real = (input, ...words) => run(input, ...words, ...common(data, config));
	const add = (input, name, ...words) => real(input, "user", "add", name, "--name", name, ...words);
	before(() => {
		config = realConfig();
		sheet = real("", "init");
		recovery = sheet.stdout.match(/\b[a-z]{5}( [a-z]{5}){4}$|\b[a-z]{5} [a-z]{5}$/gm).join("\n");
	});

	test("init shows the recovery key in words and as a symbol, once", () => {
		assert.equal(sheet.status, 0, sheet.stderr);
		assert.equal(recovery.split(/\s/).length, 17);
		assert.match(sheet.stdout, /\u2588/);
		assert.ok(!existsSync(join(data, "demo-accounts")));
		const again = real("", "init");
		assert.equal(again.status, 0);
		assert.doesNotMatch(again.stdout, /recovery key/);
		assert.match(again.stdout, /: 0 of 7 queues got a key$/m);
		assert.match(again.stdout, /^Nobody can open queue arvika-unga yet/m);
	});

	test("init does not become a demonstration afterwards", () => {
		const { status, stderr } = run("", "init", "--demo", ...common(data));
		assert.equal(status, 1);
		assert.match(stderr, /is set up but not as a demonstration/);
	});

	test("no account can open a case at first, and doctor says so", () => {
		const { status, stdout } = real("", "doctor");
		assert.equal(status, 1);
		assert.match(stdout, /^fault: nobody can open queue arvika-unga; /m);
	});

	test("user add makes a passphrase, or reads one after the recovery key", () => {
		const made = add(`${recovery}\n`, "anna", "--role", "coordinator", "--queue", "arvika-unga");
		assert.equal(made.status, 0, made.stderr);
		assert.match(made.stdout, /^user: anna\npassphrase: ([a-z]{5}-){4}[a-z]{5}\n$/);
		const oneLine = recovery.replaceAll("\n", "-").toUpperCase();
		const read = add(`${oneLine}\nkorrekt häst batteri\n`, "leo", "--role", "lead",
			"--queue", "arvika-unga", "--queue", "hagfors-unga", "--passphrase-stdin");
		assert.deepEqual([read.status, read.stdout], [0, "user: leo\n"], read.stderr);
		const admin = add("", "admin", "--role", "administrator");
		assert.equal(admin.status, 0, admin.stderr);
		assert.deepEqual(real("", "user", "list").stdout.trimEnd().split("\n").map((line) => line.split("\t")), [
			["user", "role", "state", "queues", "name"],
			["admin", "administrator", "active", "-", "admin"],
			["anna", "coordinator", "active", "arvika-unga", "anna"],
			["leo", "lead", "active", "arvika-unga,hagfors-unga", "leo"],
		]);
	});

	const refused = [
		["a name that is taken", "anna", ["--role", "coordinator", "--queue", "arvika-unga"], 1, /there is a user anna already/],
		["a name that is none", "Åsa", ["--role", "coordinator", "--queue", "arvika-unga"], 1, /a user name has /],
		["a queue that is none", "bo", ["--role", "coordinator", "--queue", "arvika"], 1, /there is no queue arvika /],
		["a role that is none", "bo", ["--role", "boss", "--queue", "arvika-unga"], 2, /add needs --name TEXT and --role /],
		["no queue", "bo", ["--role", "lead"], 2, /needs at least one --queue/],
		["a queue for an administrator", "bo", ["--role", "administrator", "--queue", "arvika-unga"], 2, /leave --queue out/],
	];
	for (const [name, user, words, expected, complaint] of refused) {
		test(`user add refuses ${name}`, () => {
			const { status, stdout, stderr } = add(`${recovery}\n`, user, ...words);
			assert.equal(status, expected);
			assert.match(stderr, complaint);
			assert.equal(stdout, "");
		});
	}

	test("user add refuses a short passphrase and a wrong recovery key", () => {
		const words = ["--role", "lead", "--queue", "arvika-unga", "--passphrase-stdin"];
		assert.match(add(`${recovery}\nkort\n`, "bo", ...words).stderr, /too easy to guess: add a word/);
		assert.equal(add(`${recovery}\nkort\n`, "bo", ...words).status, 1);
		assert.match(add(`${recovery}\n`, "bo", ...words).stderr, /passphrase is missing/);
		const wrong = recovery.replace(/^./, (letter) => (letter === "b" ? "d" : "b"));
		assert.match(add(`${wrong}\n`, "bo", ...words).stderr, /this is not a recovery key/);
		assert.match(add("", "bo", ...words).stderr, /recovery key is missing/);
		assert.equal(add("", "bo", ...words).status, 3);
		assert.doesNotMatch(real("", "user", "list").stdout, /^bo\t/m);
	});

	test("user join, restore and deactivate", () => {
		assert.equal(real(recovery, "user", "join", "anna", "--queue", "hagfors-unga").status, 0);
		assert.match(real("", "user", "list").stdout, /^anna\t.*\tarvika-unga,hagfors-unga\t/m);
		const restored = real(recovery, "user", "restore", "anna");
		assert.match(restored.stdout, /^user: anna\npassphrase: /);
		assert.equal(real("", "user", "deactivate", "leo").status, 0);
		assert.match(real("", "user", "list").stdout, /^leo\tlead\tinactive\t-\t/m);
		const last = real("", "user", "deactivate", "anna");
		assert.equal(last.status, 1);
		assert.match(last.stderr, /anna is the only one who can open queue /);
		assert.match(real("", "doctor").stdout, /^warning: one person alone can open queue arvika-unga$/m);
		for (const action of ["join", "restore", "deactivate"])
			assert.equal(real(recovery, "user", action, "nobody", "--queue", "arvika-unga").status, 1);
	});

	test("init gives a new queue a key, and nothing else", () => {
		config = realConfig((text) => text.replace('id = "hagfors-unga"', 'id = "hagfors-nya"')
			.replaceAll('queue = "hagfors-unga"', 'queue = "hagfors-nya"'));
		const missing = real("", "doctor");
		assert.equal(missing.status, 1);
		assert.match(missing.stdout, /^fault: queue hagfors-nya has no key: run egenremiss init$/m);
		const { status, stdout } = real("", "init");
		assert.equal(status, 0);
		assert.match(stdout, /: 1 of 7 queues got a key$/m);
		assert.doesNotMatch(stdout, /recovery key/);
		config = realConfig();
	});

	test("backup writes a new file for its owner alone, that can be examined", () => {
		const copy = join(folder, "copy");
		spawnSync("mkdir", [copy]);
		assert.match(real("", "doctor").stdout, /^last backup: none /m);
		const file = join(copy, "egenremiss.db");
		assert.deepEqual(real("", "backup", file), { status: 0, stdout: "", stderr: "" });
		assert.equal(mode(file), "600");
		const again = real("", "backup", file);
		assert.equal(again.status, 1);
		assert.match(again.stderr, /exists and is not overwritten/);
		assert.match(real("", "doctor").stdout, /^last backup: 0 days ago$/m);
		assert.equal(run("", "user", "list", ...common(copy, config)).stdout, real("", "user", "list").stdout);
		assert.equal(real("", "backup", join(folder, "nowhere/file")).status, 3);
		assert.equal(real("", "backup").status, 2);
	});
});

describe("code and qr", () => {
	const data = join(folder, "codes");
	const demo = (...words) => run("", ...words, ...common(data));
	const where = ["--area", "1781", "--channel", "health", "--place", "Vårdcentralen"];
	let code, address;
	before(() => {
		demo("init", "--demo");
		[, code, address] = /^code: (\S+)\naddress: (\S+)\n$/.exec(demo("code", "add", ...where).stdout);
	});
	const draw = (file, ...words) => {
		const path = join(folder, file);
		const { status, stderr } = demo("qr", code, "-o", path, ...words);
		assert.equal(status, 0, stderr);
		return path;
	};

	test("code add makes an address that fits alphanumeric mode", () => {
		assert.match(code, /^[0-9A-HJKMNP-TV-Z]{6}$/);
		assert.equal(address, `http://LOCALHOST:8888/Q/${code}`);
		assert.ok(demo("code", "list").stdout
			.includes(`${code}\tKristinehamn\thealth\t0\t0\tin use\tVårdcentralen\n`));
	});

	const wrong = [
		[["add", "--area", "1781", "--channel", "health"], 2, /add needs --area, --channel and --place/],
		[["add", ...where, "--channel", "tv"], 2, /unknown channel "tv"; use one of: health, /],
		[["add", ...where, "--area", "9999"], 1, /9999 is no area of /],
		[["add", ...where, "--place", ""], 1, /the place is to be one line /],
		[["retire", "AAAAAA"], 1, /AAAAAA is no code: a character is mistyped/],
		[["retire"], 2, /write add, list, retire CODE or revive CODE/],
		[[], 2, /write add, list, retire CODE or revive CODE/],
	];
	for (const [words, expected, complaint] of wrong) {
		test(`code ${words.join(" ")} is refused`, () => {
			const { status, stderr } = demo("code", ...words);
			assert.equal(status, expected);
			assert.match(stderr, complaint);
		});
	}

	/** Luminance of one pixel of a decoded PNG. */
	const dark = (png, x, y) => png.data[(y * png.width + x) * 4] < 128;

	/** Dots a module, modules a side, and dots of white before them: from the upper left finder pattern, seven wide. */
	function modulesOf(png) {
		const before = [...Array(png.width).keys()].findIndex((i) => dark(png, i, i));
		const after = [...Array(png.width).keys()].findLastIndex((i) => dark(png, i, before));
		const scale = [...Array(png.width).keys()].findIndex((i) => !dark(png, before + i, before)) / 7;
		return { before, scale, modules: (after + 1 - before) / scale };
	}

	test("the PNG is read by two decoders, and is small, sharp and of its size", () => {
		for (const level of ["L", "M", "Q", "H"]) {
			const path = draw(`${level}.png`, "--level", level, "--mm", "40");
			const bytes = readFileSync(path);
			const png = PNG.sync.read(bytes);
			assert.equal(qr(png)?.text, address);
			assert.equal(spawnSync("zbarimg", ["--quiet", "--raw", path], { encoding: "utf8" }).stdout, `${address}\n`);
			// 300 dots an inch, in dots a metre.
			const physical = bytes.indexOf("pHYs") + 4;
			assert.deepEqual([bytes.readUInt32BE(physical), bytes.readUInt32BE(physical + 4), bytes[physical + 8]],
				[11811, 11811, 1]);
			// Bit depth 1, grey.
			assert.deepEqual([bytes[24], bytes[25]], [1, 0]);
			const { scale, modules, before: white } = modulesOf(png);
			assert.ok(Number.isInteger(scale));
			// In byte mode the 30 characters would need 29 modules at M and 33 at H.
			assert.equal(modules, { L: 25, M: 25, Q: 29, H: 29 }[level]);
			assert.equal(png.width, Math.ceil(40 / 25.4 * 300));
			// Less is left over than one dot more a module would need.
			const left = png.width - (modules + 8) * scale;
			assert.ok(left >= 0 && left < modules + 8);
			assert.equal(white, 4 * scale + Math.floor(left / 2));
		}
	});

	test("the PNG has the same size at 600 dots an inch", () => {
		const bytes = readFileSync(draw("fine.png", "--mm", "40", "--dpi", "600"));
		const physical = bytes.indexOf("pHYs") + 4;
		assert.equal(bytes.readUInt32BE(physical), 23622);
		assert.equal(PNG.sync.read(bytes).width, Math.ceil(40 / 25.4 * 600));
	});

	test("the SVG is one path of the same modules, in millimetres", () => {
		const svg = readFileSync(draw("a.svg", "--mm", "25.5"), "utf8");
		const png = PNG.sync.read(readFileSync(draw("a.png")));
		const { scale, before: white } = modulesOf(png);
		assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="25.5mm" height="25.5mm" viewBox="0 0 37 37" shape-rendering="crispEdges">/);
		assert.equal(svg.match(/<path /g).length, 1);
		assert.ok(svg.length < 2048);
		const drawn = new Set();
		let x, y;
		for (const [, command, a, b] of svg.match(/ d="([^"]*)"/)[1].matchAll(/([Mmh])(\d+)(?: ([\d.]+))?/g)) {
			if (command === "M")
				[x, y] = [Number(a), Number(b) - 0.5];
			else if (command === "m")
				x += Number(a);
			else
				for (const end = x + Number(a); x < end; x++)
					drawn.add(`${x},${y}`);
		}
		for (let row = 0; row < 37; row++)
			for (let column = 0; column < 37; column++)
				assert.equal(drawn.has(`${column},${row}`), dark(png, white + (column - 4) * scale, white + (row - 4) * scale), `${column},${row}`);
	});

	test("the terminal shows the code black on white, with its quiet zone", () => {
		const { status, stdout } = demo("qr", code);
		assert.equal(status, 0);
		assert.deepEqual(demo("qr", code, "-o", "-").stdout, stdout);
		const lines = stdout.trimEnd().split("\n");
		const rows = lines.flatMap((line) => {
			assert.ok(line.startsWith("\u001b[38;5;16;48;5;231m") && line.endsWith("\u001b[0m"));
			const blocks = [...line.slice(19, -4)];
			assert.equal(blocks.length, 37);
			return [blocks.map((c) => c === "\u2580" || c === "\u2588"), blocks.map((c) => c === "\u2584" || c === "\u2588")];
		});
		const scale = 4;
		const width = 37 * scale;
		const data = new Uint8ClampedArray(width * width * 4).fill(255);
		for (let y = 0; y < width; y++)
			for (let x = 0; x < width; x++)
				if (rows[Math.floor(y / scale)][Math.floor(x / scale)])
					data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
		assert.equal(qr({ width, height: width, data })?.text, address);
	});

	const bad = [
		[["AAAAAA"], 1, /AAAAAA is no code/],
		[[], 2, /name one code/],
		[["CODE", "--level", "X"], 2, /level "X" is not one of L, M, Q, H/],
		[["CODE", "--mm", "2"], 2, /width "2" is not a number of millimetres from 10 to 1000/],
		[["CODE", "--mm", "nan"], 2, /width "nan"/],
		[["CODE", "--mm", "30mm"], 2, /width "30mm"/],
		[["CODE", "--dpi", "72"], 2, /"72" dots an inch are neither 300 nor 600/],
		[["CODE", "-o", "f.gif"], 2, /f.gif ends neither in .svg nor in .png nor in .eps/],
		[["CODE", "-o", ".eps"], 2, /.eps ends neither/],
		[["CODE", "-o", "/nowhere/f.png"], 3, /\/nowhere\/f.png: No such file/],
		[["CODE", "-o", "/dev/full"], 2, /ends neither/],
		[["CODE", "-o"], 2, /-o lacks its value/],
	];
	for (const [words, expected, complaint] of bad) {
		test(`qr ${words.join(" ")} is refused`, () => {
			// What comes after an option without value would be taken for it.
			const { status, stderr } = run("", "qr", ...common(data), ...words.map((word) => (word === "CODE" ? code : word)));
			assert.equal(status, expected);
			assert.match(stderr, complaint);
		});
	}

	test("a retired code is kept, and cannot be drawn", () => {
		const other = /^code: (\S+)/.exec(demo("code", "add", ...where).stdout)[1];
		assert.equal(demo("code", "retire", other.toLowerCase()).status, 0);
		assert.match(demo("code", "list").stdout, new RegExp(`^${other}\t.*\tretired\t`, "m"));
		const { status, stderr } = demo("qr", other);
		assert.equal(status, 1);
		assert.match(stderr, /is retired; make another/);
	});
});

test("without a service each subcommand says how to make one, and writes no file", () => {
	const none = join(folder, "none");
	for (const words of [["user", "list"], ["code", "list"], ["qr", "000000"], ["doctor"], ["backup", join(folder, "x")]]) {
		const { status, stdout, stderr } = run("", ...words, ...common(none));
		assert.equal(status, 3, words[0]);
		assert.equal(stdout, "");
		assert.match(stderr, new RegExp(`^egenremiss ${words[0]}: there is no service in .*none; make it: egenremiss init --data `));
	}
	assert.ok(!existsSync(none) && !existsSync(join(folder, "x")));
});

test("a data folder that cannot be made is reported", () => {
	const { status, stderr } = run("", "init", ...common(join(folder, "a/b")));
	assert.equal(status, 3);
	assert.match(stderr, /make the folder above it, or name another with --data/);
	writeFileSync(join(folder, "file"), "");
	assert.match(run("", "init", ...common(join(folder, "file"))).stderr, /is no folder/);
});

test("a terminal does not show the typed answers", async () => {
	const data = join(folder, "terminal");
	const config = realConfig();
	const sheet = run("", "init", ...common(data, config)).stdout;
	const recovery = sheet.match(/\b[a-z]{5}( [a-z]{5}){4}$|\b[a-z]{5} [a-z]{5}$/gm).join(" ");
	const command = [program, "user", "add", "anna", "--name", "Anna", "--role", "lead", "--queue", "arvika-unga",
		"--passphrase-stdin", ...common(data, config)].map((word) => `'${word}'`).join(" ");
	const terminal = spawn("script", ["-qec", command, "/dev/null"], { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
	const answers = [recovery, "korrekt hund batteri"];
	let stdout = "", asked = 0;
	terminal.stdout.setEncoding("utf8").on("data", (text) => {
		stdout += text;
		// What is typed before the question is thrown away.
		for (const questions = stdout.match(/(recovery key|passphrase): /g)?.length ?? 0; asked < Math.min(questions, answers.length); asked++) terminal.stdin.write(`${answers[asked]}\n`);
	});
	await new Promise((resolve) => terminal.once("close", resolve));
	assert.match(stdout, /recovery key: /);
	assert.match(stdout, /passphrase: /);
	assert.match(stdout, /user: anna/);
	assert.ok(!stdout.includes("batteri") && !stdout.includes(recovery.slice(0, 11)), stdout);
});

test("the usage names only options that a subcommand has", () => {
	const { stdout } = run("", "--help");
	const options = new Set(stdout.match(/--[a-z_]+/g));
	assert.ok(options.has("--help"));
	for (const option of options) {
		const { stderr } = run("", "check", option);
		assert.doesNotMatch(stderr, /there is no option/, option);
	}
});

test("--help prints the subcommand's help and does nothing else", () => {
	for (const name of ["init", "user", "code", "qr", "doctor", "backup"]) {
		const { status, stdout, stderr } = run("", name, "--help");
		assert.deepEqual([status, stderr], [0, ""]);
		assert.match(stdout, new RegExp(`^usage: egenremiss ${name} `));
	}
	assert.match(run("", "qr", "--help").stdout, /^ {2}-o FILE +FILE\.svg, /m);
	assert.match(run("", "user", "--help").stdout, /On standard input, in this order/);
});
