/* Lists of codes as Excel, Google, LibreOffice, mails and people write them, by a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "rules/codes.h"

/*
 * A list, and how it is read: for each row its number, its cells without empty ones at the end,
 * and after + what stands beyond the last column.
 */
static const struct { const char *name, *text, *read; } lists[] = {
	{ "LF", "A;Skola;1781\nB;Kurator;1780\n", "1 A/Skola/1781\n2 B/Kurator/1780\n" },
	{ "CR LF", "A;Skola\r\nB;Kurator\r\n", "1 A/Skola\n2 B/Kurator\n" },
	{ "CR, of Excel on a Mac", "A;Skola\rB;Kurator\r", "1 A/Skola\n2 B/Kurator\n" },
	{ "mixed line ends", "A;x\rB;x\nC;x\r\nD;x", "1 A/x\n2 B/x\n3 C/x\n4 D/x\n" },
	{ "no end of the last line", "A\nB", "1 A\n2 B\n" },
	{ "empty rows count", "\n\nA;x\n\nB;x\n", "3 A/x\n5 B/x\n" },
	{ "rows of separators alone are empty", "A;x\n;;;\n;\nB;x\n", "1 A/x\n4 B/x\n" },
	{ "nothing", "", "" },
	{ "white space and invisible characters", " \n\t\n\xc2\xa0\n\xe2\x80\x8b\n", "" },
	{ "tabs", "A\tSkola\t1781\nB\tSkola\t1781\n", "1 A/Skola/1781\n2 B/Skola/1781\n" },
	{ "commas", "A,Skola,1781\nB,Skola,1781\n", "1 A/Skola/1781\n2 B/Skola/1781\n" },
	{ "bars", "A|Skola|1781\nB|Skola|1781\n", "1 A/Skola/1781\n2 B/Skola/1781\n" },
	{ "one stray semicolon among commas", "Skolan Öster,school,1781\nSkolan; Väst,school,1781\n"
	    "Skolan Norr,school,1781\n",
	    "1 Skolan Öster/school/1781\n2 Skolan; Väst/school/1781\n3 Skolan Norr/school/1781\n" },
	{ "a semicolon at the end of a row of commas", "Skolan Öster,school,1781;\n",
	    "1 Skolan Öster/school/1781;\n" },
	{ "one stray tab among semicolons", "A;x;1\nB\tb;x;1\nC;x;1\n", "1 A/x/1\n2 B b/x/1\n3 C/x/1\n" },
	{ "one stray comma in a list of places", "A, plan 2\nB\nC\n", "1 A, plan 2\n2 B\n3 C\n" },
	{ "commas in every place among semicolons", "A, v 1;x;1\nB, v 2;x;1\n", "1 A, v 1/x/1\n2 B, v 2/x/1\n" },
	{ "semicolons in every place among commas", "A; 1,x,1\nB; 2,x,1\n", "1 A; 1/x/1\n2 B; 2/x/1\n" },
	{ "two commas in every place among tabs", "A, 1, a\tx\nB, 2, b\tx\n", "1 A, 1, a/x\n2 B, 2, b/x\n" },
	{ "semicolons in quotes among commas", "\"A; a; b\",x,1\n\"B; a; b\",x,1\n", "1 A; a; b/x/1\n2 B; a; b/x/1\n" },
	{ "separator in quotes alone is none", "\"A; a\"\n\"B; b\"\n", "1 A; a\n2 B; b\n" },
	{ "half of the rows with their columns, half without", "A;Skola;1781\nB\n", "1 A/Skola/1781\n2 B\n" },
	{ "rows of different lengths", "A;x\nB;x;1\nC;x;1;sv\n", "1 A/x\n2 B/x/1\n3 C/x/1/sv\n" },
	{ "quotes doubled", "\"Han sa \"\"hej\"\"\";x\n", "1 Han sa \"hej\"/x\n" },
	{ "quotes within a cell", "Rum \"5\";x\nB;x\n", "1 Rum \"5\"/x\n2 B/x\n" },
	{ "a line end in quotes", "\"A\nB\";x\nC;x\n", "1 A\nB/x\n2 C/x\n" },
	{ "quotes that do not end", "\"A;x\nB;x\n", "1 A;x\nB;x\n open: \"A;x\n" },
	{ "a quote that opens in the second row", "A;x;1\nB;\"x;1\nC;x;1", "1 A/x/1\n2 B/x;1\nC;x;1 open: B;\"x;1\n" },
	{ "a quote that opens in the heading", "\"Plats;Kanal\nA;x\n", "1 Plats;Kanal\nA;x\n open: \"Plats;Kanal\n" },
	{ "a quote that closes with the text", "A;x\nB;\"x\"", "1 A/x\n2 B/x\n" },
	{ "sep=;", "sep=;\nA,1;x\nB,2;x\n", "2 A,1/x\n3 B,2/x\n" },
	{ "sep=, and CR LF", "sep=,\r\nA;1,x\r\n", "2 A;1/x\n" },
	{ "sep= with a tab", "sep=\t\nA\tx\n", "2 A/x\n" },
	{ "SEP= in quotes", "\"SEP=;\"\nA;x\n", "2 A/x\n" },
	{ "sep= against what stands there", "sep=;\nA,x,1\n", "2 A,x,1\n" },
	{ "sep= of nothing is a place", "sep=\nA;x;1\nB;x;1\n", "1 sep=\n2 A/x/1\n3 B/x/1\n" },
	{ "sep=; after a byte order mark", "\xef\xbb\xbfsep=;\nA;x\n", "2 A/x\n" },
	{ "a byte order mark before quotes", "\xef\xbb\xbf\"A;a\";x\n", "1 A;a/x\n" },
	{ "a heading", "Plats;Kanal;Kommun\nA;x;1\n", "2 A/x/1\n" },
	{ "a heading in capitals, with spaces", "PLATS ;KANAL; SPRÅK\nA;x;sv\n", "2 A/x//sv\n" },
	{ "a heading in another order", "Kommun;Plats;Första dag\n1;A;2027-01-31\n", "2 A//1//2027-01-31\n" },
	{ "a heading in English", "place,channel,area,language,first day,last day\nA,x,1,en,2,3\n", "2 A/x/1/en/2/3\n" },
	{ "a heading in the reader's language", "xplace;xchannel\nA;x\n", "2 A/x\n" },
	{ "a heading of one column", "Plats\nA\nB\n", "2 A\n3 B\n" },
	{ "a heading after sep= and empty rows", "sep=;\n\nPlats;Kanal\nA;x\n", "4 A/x\n" },
	{ "a heading twice is a row the second time", "Plats;Kanal\nPlats;Kanal\n", "2 Plats/Kanal\n" },
	{ "a heading with a word of ours twice is a row", "Plats;Plats\nA;x\n", "1 Plats/Plats\n2 A/x\n" },
	{ "a heading without the place is a row", "Kanal;Kommun\nA;x\n", "1 Kanal/Kommun\n2 A/x\n" },
	{ "a heading with another word is a row", "Plats;Anm\nA;x\n", "1 Plats/Anm\n2 A/x\n" },
	{ "a column that the heading does not have", "Plats;Kanal\nA;x;1\n", "2 A/x +1\n" },
	{ "beyond the last column", "A;x;1;sv;2;3;mer;än\n", "1 A/x/1/sv/2/3 +mer\n" },
	{ "far beyond it", "A;;;;;;;;;;;;;;;;;;;bort\n", "1 A +bort\n" },
	{ "empty cells beyond it", "A;x;1;sv;2;3;;;;;\n", "1 A/x/1/sv/2/3\n" },
	{ "no-break spaces around cells", "\xc2\xa0" "A\xc2\xa0;\xe2\x80\xaf" "Skola\xc2\xa0;\xc2\xa0" "1781\n", "1 A/Skola/1781\n" },
	{ "a no-break space within a place", "Skolan\xc2\xa0Öster;x\n", "1 Skolan Öster/x\n" },
	{ "invisible characters of a chat", "\xe2\x81\xa8" "A\xe2\x81\xa9;\xe2\x80\x8e" "1781\n", "1 A/1781\n" },
	{ "decomposed letters of a Mac", "A\xcc\x8arja\xcc\x88ng;x\n", "1 Årjäng/x\n" },
	{ "a cell of no-break space alone", "A;\xc2\xa0;1\n", "1 A//1\n" },
	{ "no place", ";x;1\n;y;1\n", "1 /x/1\n2 /y/1\n" },
	{ "a control character stays a fault", "A\x02;x\n", "1 A\x02/x\n" },
	{ "formulas are texts", "=cmd|x;Skola;1781\n+1;Skola;1781\n", "1 =cmd|x/Skola/1781\n2 +1/Skola/1781\n" },
	{ "right-to-left text", "مدرسة;Skola;1781\nمكتبة;Skola;1781\n", "1 مدرسة/Skola/1781\n2 مكتبة/Skola/1781\n" },
};

static const char *const words[COLUMN_COUNT] = { "xplace", "xchannel", "xarea", "xlanguage", "xfirst", "xlast" };

static void
tell(const struct code_list *list, struct buffer *told)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct code_list_row *row = &list->row[i];
		int columns = COLUMN_COUNT;

		while (columns > 1 && *row->cell[columns - 1] == '\0')
			columns--;
		buffer_format(told, "%d ", row->number);
		for (int column = 0; column < columns; column++)
			buffer_format(told, "%s%s", column == 0 ? "" : "/", row->cell[column]);
		if (*row->beyond != '\0')
			buffer_format(told, " +%s", row->beyond);
		if (row->unclosed)
			buffer_format(told, " open: %s", row->written);
		buffer_text(told, "\n");
	}
}

static void
each_list_is_read_as_it_is_meant(void **state)
{
	static struct code_list list;
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		struct buffer told = { 0 };

		code_list_read(&list, lists[i].text, words);
		tell(&list, &told);
		if (strcmp(buffer_string(&told), lists[i].read) != 0) {
			print_error("%s: read as\n%snot as\n%s", lists[i].name,
			    buffer_string(&told), lists[i].read);
			wrong++;
		}
		assert_false(list.cut);
		buffer_free(&told);
		code_list_free(&list);
	}
	assert_int_equal(wrong, 0);
}

/* A literal with its length, so that a NUL can stand in it. */
#define BYTES(literal)	literal, sizeof(literal) - 1

/* The bytes of a file, in which encoding they are read, and as which text. */
static const struct {
	const char *name, *bytes;
	size_t length;
	enum text_encoding encoding;
	const char *read;
} files[] = {
	{ "plain letters", BYTES("Skolan;1781"),
	    ENCODING_UTF_8, "Skolan;1781" },
	{ "UTF-8", BYTES("V\xc3\xa5rdcentralen \xc3\x96st"),
	    ENCODING_UTF_8, "Vårdcentralen Öst" },
	{ "UTF-16 of Excel, “Unicode text”", BYTES("\xff\xfeV\x00\xe5\x00r\x00" "d\x00\t\x00S\x00k\x00o\x00l\x00" "a\x00\r\x00\n\x00\xd6\x00s\x00t\x00 \x00=\xd8\x00\xde"),
	    ENCODING_UTF_16, "Vård\tSkola\r\nÖst 😀" },
	{ "UTF-16, big end first", BYTES("\xfe\xff\x00V\x00\xe5\x00r\x00" "d\x00\t\x00S\x00k\x00o\x00l\x00" "a\x00\r\x00\n\x00\xd6\x00s\x00t\x00 \xd8=\xde\x00"),
	    ENCODING_UTF_16, "Vård\tSkola\r\nÖst 😀" },
	{ "UTF-16 of nothing", BYTES("\xff\xfe"),
	    ENCODING_UTF_16, "" },
	{ "Windows-1252 of Excel", BYTES("V\xe5rdcentralen \xd6st;\xc5rj\xe4ng\r\nS\xe4" "ffle"),
	    ENCODING_WINDOWS_1252, "Vårdcentralen Öst;Årjäng\r\nSäffle" },
	{ "Mac Roman of Excel", BYTES("V\x8crdcentralen \x85st;\x81rj\x8ang\rS\x8a" "ffle"),
	    ENCODING_MAC_ROMAN, "Vårdcentralen Öst;Årjäng\rSäffle" },
	{ "one letter of Windows-1252", BYTES("Hagfors v\xe5rd"),
	    ENCODING_WINDOWS_1252, "Hagfors vård" },
	{ "one letter of Mac Roman", BYTES("Hagfors v\x8crd"),
	    ENCODING_MAC_ROMAN, "Hagfors vård" },
	{ "capitals of Windows-1252", BYTES("\xc5RJ\xc4NG;S\xc4" "FFLE \xd6ST;ID\xc9"),
	    ENCODING_WINDOWS_1252, "ÅRJÄNG;SÄFFLE ÖST;IDÉ" },
	{ "capitals of Mac Roman", BYTES("\x81RJ\x80NG;S\x80" "FFLE \x85ST;ID\x83"),
	    ENCODING_MAC_ROMAN, "ÅRJÄNG;SÄFFLE ÖST;IDÉ" },
	{ "é and ü of Windows-1252", BYTES("Caf\xe9 M\xfcller"),
	    ENCODING_WINDOWS_1252, "Café Müller" },
	{ "é and ü of Mac Roman", BYTES("Caf\x8e M\x9fller"),
	    ENCODING_MAC_ROMAN, "Café Müller" },
	{ "a dash, quotes and a no-break space of Windows-1252", BYTES("Skolan \x96 \x94\xd6st\x94\xa0\x96 \xa7\xa0" "2\x85"),
	    ENCODING_WINDOWS_1252, "Skolan – ”Öst” – § 2…" },
	{ "a dash, quotes and a no-break space of Mac Roman", BYTES("Skolan \xd0 \xd3\x85st\xd3\xca\xd0 \xa4\xca" "2\xc9"),
	    ENCODING_MAC_ROMAN, "Skolan – ”Öst” – § 2…" },
	{ "letters of other languages between Swedish ones, Windows-1252", BYTES("Sahin p\xe5 \x8ei\x9ekov v\xe4g"),
	    ENCODING_WINDOWS_1252, "Sahin på Žižkov väg" },
	{ "a dash alone is of Windows-1252", BYTES("Skolan \x96 Norr"),
	    ENCODING_WINDOWS_1252, "Skolan – Norr" },
	{ "bytes that Windows-1252 does not have", BYTES("V\xe5rd\x81;\xc5rj\xe4ng"),
	    ENCODING_WINDOWS_1252, "Vård�;Årjäng" },
	{ "a workbook", BYTES("PK\x03\x04\x14\0\x06\0\xb5"), ENCODING_UNREADABLE, "" },
	{ "UTF-16 without its mark", BYTES("V\0\xe5\0"), ENCODING_UNREADABLE, "" },
	{ "half a unit of UTF-16", BYTES("\xff\xfe" "V\0\xe5"), ENCODING_UNREADABLE, "" },
	{ "half a pair of UTF-16", BYTES("\xff\xfe\x3d\xd8"), ENCODING_UNREADABLE, "" },
	{ "the other half alone", BYTES("\xff\xfe\x00\xde"), ENCODING_UNREADABLE, "" },
	{ "a pair with a letter between", BYTES("\xff\xfe\x3d\xd8" "V\0\x00\xde"), ENCODING_UNREADABLE, "" },
	{ "a NUL in UTF-16", BYTES("\xff\xfe\0\0"), ENCODING_UNREADABLE, "" },
	{ "a NUL", BYTES("a\0b"), ENCODING_UNREADABLE, "" },
};

static void
each_file_is_read_in_its_encoding(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct buffer read = { 0 };
		enum text_encoding encoding;

		buffer_text(&read, "=");
		encoding = text_decode(files[i].bytes, files[i].length, &read);
		if (encoding != files[i].encoding || strcmp(read.data + 1, files[i].read) != 0) {
			print_error("%s: encoding %d, %s\n", files[i].name, (int)encoding, read.data + 1);
			wrong++;
		}
		assert_true(read.length <= 1 + 3 * files[i].length);
		buffer_free(&read);
	}
	assert_int_equal(wrong, 0);
}

/* In both single-byte encodings, each letter of Swedish words alone tells which it is. */
static void
one_swedish_word_is_enough(void **state)
{
	static const struct { char windows, mac; } letters[] = {
		{ '\xe5', '\x8c' }, { '\xe4', '\x8a' }, { '\xf6', '\x9a' }, { '\xe9', '\x8e' },
		{ '\xc5', '\x81' }, { '\xc4', '\x80' }, { '\xd6', '\x85' }, { '\xc9', '\x83' },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(letters); i++) {
		const char windows[] = { letters[i].windows, 'b', 'c' }, mac[] = { letters[i].mac, 'b', 'c' };
		struct buffer one = { 0 }, other = { 0 };

		assert_int_equal(text_decode(windows, sizeof(windows), &one), ENCODING_WINDOWS_1252);
		assert_int_equal(text_decode(mac, sizeof(mac), &other), ENCODING_MAC_ROMAN);
		assert_string_equal(one.data, other.data);
		buffer_free(&one);
		buffer_free(&other);
	}
}

static void
row_is_kept_as_it_stood(void **state)
{
	static struct code_list list;

	(void)state;
	code_list_read(&list, "sep=;\r\n\"A; a\" ;Sjukhus;\"1781\"\r\nB;x;1\r\n", NULL);
	assert_int_equal(list.count, 2);
	assert_string_equal(list.row[0].written, "\"A; a\" ;Sjukhus;\"1781\"");
	assert_string_equal(list.row[1].written, "B;x;1");
	code_list_free(&list);
}

static void
longer_list_is_cut(void **state)
{
	static struct code_list list;
	struct buffer text = { 0 };

	(void)state;
	for (int i = 0; i < CODE_LIST_MAX; i++)
		buffer_format(&text, "Plats %d;Skola\n", i);
	code_list_read(&list, buffer_string(&text), NULL);
	assert_int_equal(list.count, CODE_LIST_MAX);
	assert_false(list.cut);
	code_list_free(&list);
	buffer_text(&text, "En till;Skola\n");
	code_list_read(&list, buffer_string(&text), NULL);
	assert_int_equal(list.count, CODE_LIST_MAX);
	assert_true(list.cut);
	code_list_free(&list);
	buffer_free(&text);
}

static void
spreadsheets_read_some_codes_as_numbers(void **state)
{
	static const char *const numbers[] = {
		"000144", "999999", "0001E3", "1E2345", "1MAR25", "25DEC1", "00SEP0", "123MAY",
	};
	static const char *const texts[] = {
		"E00012", "12345E", "00A144", "1E23E4", "MAR123", "1E23A4", "AAAAAA", "12345D", "12X4E5",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		if (!code_reads_as_number(numbers[i]))
			fail_msg("%s is a number", numbers[i]);
	}
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		if (code_reads_as_number(texts[i]))
			fail_msg("%s is no number", texts[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_list_is_read_as_it_is_meant),
		cmocka_unit_test(each_file_is_read_in_its_encoding),
		cmocka_unit_test(one_swedish_word_is_enough),
		cmocka_unit_test(row_is_kept_as_it_stood),
		cmocka_unit_test(longer_list_is_cut),
		cmocka_unit_test(spreadsheets_read_some_codes_as_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
