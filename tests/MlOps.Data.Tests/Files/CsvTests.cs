using System.Text;

namespace MlOps.Data.Tests.Files;

public sealed class CsvTests
{
    private static readonly CsvOptions AllText = new() { HasHeader = false, Delimiter = ',', Quote = '"', Encoding = Encoding.UTF8 };

    private static Dataset Of(string text, CsvOptions? options = null) => Of(Encoding.UTF8.GetBytes(text), options);

    private static Dataset Of(byte[] bytes, CsvOptions? options = null) =>
        Dataset.FromCsv("rows.csv", _ => Task.FromResult<Stream>(new MemoryStream(bytes)), options ?? new CsvOptions());

    private static async Task<string> TextAsync(Dataset dataset)
    {
        var token = TestContext.Current.CancellationToken;
        var names = (await dataset.GetSchemaAsync(token)).FieldsList.Select(field => field.Name).ToList();
        var columns = new List<string?[]>();
        foreach (var name in names)
        {
            columns.Add(await dataset.ReadTextsAsync(name, token));
        }

        return string.Join(",", names) + ":" + string.Join(";", Enumerable.Range(0, columns[0].Length).Select(row => string.Join(",", columns.Select(column => column[row] ?? "-"))));
    }

    private static async Task<string> FaultAsync(Dataset dataset)
    {
        var error = await Assert.ThrowsAsync<MlOpsException>(() => TextAsync(dataset));
        Assert.Equal(ErrorCodes.FileCorrupt, error.Code);
        Assert.Contains("'rows.csv'", error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "a,b:1,2;3,4")]
    [InlineData("a,b\r\n1,2\r\n3,4", "a,b:1,2;3,4")]
    [InlineData("a,b\r1,2\r3,4\r", "a,b:1,2;3,4")]
    [InlineData("\n\na,b\n\n1,2\n\n\n3,4\n\n", "a,b:1,2;3,4")]
    [InlineData("a;b\n1,5;2\n3,25;4\n", "a,b:1.5,2;3.25,4")]
    [InlineData("a\tb\nx\ty z\n", "a,b:x,y z")]
    [InlineData("a|b|c\n1|2|3\n", "a,b,c:1,2,3")]
    [InlineData("a,b\n\"1\",\"x\"\"y\"\n2,\"\"\n3,\n", "a,b:1,x\"y;2,;3,-")]
    [InlineData("a,b\n1,\"x\ny\"\n", "a,b:1,x\ny")]
    [InlineData("a,b\n'1,5',x\n'2,5',y\n", "a,b:1,5,x;2,5,y")]
    [InlineData("a,b\nit's,x\"y\n", "a,b:it's,x\"y")]
    [InlineData("a,b,\n1,2,\n3,4,\n", "a,b:1,2;3,4")]
    [InlineData("a,b\n1,2,\n3,4\n", "a,b:1,2;3,4")]
    [InlineData("sep=;\na;b\n1;2\n", "a,b:1,2")]
    [InlineData("1,2\n3,4\n", "column1,column2:1,2;3,4")]
    [InlineData("name,2019,2020\nFR,1,2\n", "column1,column2,column3:name,2019,2020;FR,1,2")]
    [InlineData("a\n\n1\n", "a:-;1")]
    [InlineData("a,,b\n1,2,3\n", "a,column2,b:1,2,3")]
    [InlineData("a, b\n1, 2\n", "a,b:1,2")]
    [InlineData("a,b\n", "a,b:")]
    [InlineData("when,b\n2026-01-02,x\n,y\n", "when,b:2026-01-02T00:00:00Z,x;-,y")]
    public async Task Every_dialect_is_found_out(string text, string expected) => Assert.Equal(expected, await TextAsync(Of(text)));

    [Fact]
    public async Task Options_override_what_would_be_found_out()
    {
        Assert.Equal("column1:a,b;1,2", await TextAsync(Of("a,b\n1,2\n", new CsvOptions { Delimiter = ';', HasHeader = false })));
        Assert.Equal("1,2:3,4", await TextAsync(Of("1,2\n3,4\n", new CsvOptions { HasHeader = true })));
        Assert.Equal("a,b:1234.5,NULL;-,x", await TextAsync(Of("a;b\n1.234,5;NULL\nN/A;x\n", new CsvOptions { ThousandsSeparator = '.', MissingValues = ["N/A"] })));
        Assert.Equal("a:'x'", await TextAsync(Of("a\n'x'\n", new CsvOptions { Quote = '"' })));
        Assert.Equal("a,b:01,2.0", await TextAsync(Of("a,b\n01,2.0\n", new CsvOptions { Types = new Dictionary<string, CellType> { ["b"] = CellType.Text } })));
        var error = await Assert.ThrowsAsync<MlOpsException>(() => TextAsync(Of("size\n1\n", new CsvOptions { Types = new Dictionary<string, CellType> { ["sise"] = CellType.Text } })));
        Assert.Equal((ErrorCodes.ColumnNotFound, true), (error.Code, error.Message.Contains("'size'", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task A_byte_order_mark_tells_the_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("größe,b\n1,日本\n")];
        Assert.Equal("größe,b:1,日本", await TextAsync(Of(bytes)));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_Windows_1252_and_a_mixture_is_an_error_with_its_place()
    {
        Assert.Equal("größe,b:1,€", await TextAsync(Of([.. Encoding.Latin1.GetBytes("größe,b\n1,"), 0x80, (byte)'\n'])));
        Assert.Equal("größe,b:1,x", await TextAsync(Of(Encoding.Latin1.GetBytes("größe,b\n1,x\n"), new CsvOptions { Encoding = Encoding.Latin1 })));
        Assert.Equal("größe:1", await TextAsync(Of(Encoding.Unicode.GetBytes("größe\n1\n"))));
        byte[] mixed = [.. "a,b\n1,größe\n2,"u8, 0xE9, (byte)'\n'];
        var message = await FaultAsync(Of(mixed));
        Assert.Contains("row 2 (line 3, byte 16), column 'b': the byte 0xE9 is not valid UTF-8", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "row 2 (line 3, byte 8): the row has 1 cells where the file has 2 columns")]
    [InlineData("a,b\n1,2\n\n3,4,5\n", "row 2 (line 4, byte 9): the row has 3 cells")]
    [InlineData("a,b\n1,\"x\ny\"\n2,\"z\n", "row 2 (line 4, byte 14): the quote \" opened there is never closed")]
    [InlineData("a,b\n1,\"x\"y\n", "row 1 (line 2, byte 9): after the closing quote stands 'y\\n', where a delimiter (',')")]
    [InlineData("a,a\n1,2\n", "two columns named 'a'")]
    [InlineData("", "has no line")]
    public async Task A_malformed_file_is_an_error_with_its_place(string text, string expected) =>
        Assert.Contains(expected, await FaultAsync(Of(text, new CsvOptions { Delimiter = ',', Quote = '"' })), StringComparison.Ordinal);

    [Theory]
    [InlineData("Jane Doe, 12 Elm Street", "column 'size': 'Jane…' is not a number")]
    [InlineData("größer", "column 'size': 'größ…' is not a number")]
    [InlineData("none", "column 'size': 'none' is not a number")]
    public async Task Of_a_cell_that_does_not_fit_only_its_beginning_is_said(string cell, string expected)
    {
        var rows = string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},{i}.5\n"));
        Assert.Contains(expected, await FaultAsync(Of($"id,size\n{rows}1000,\"{cell}\"\n")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_of_another_type_after_the_rows_looked_at_is_named_and_more_rows_widen_the_column()
    {
        var text = "id,size\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{(i == 4321 ? "big" : $"{i}.5")}\n"));
        var message = await FaultAsync(Of(text));
        Assert.Contains($"row 4322 (line 4323, byte {text.IndexOf("big", StringComparison.Ordinal)}), column 'size': 'big' is not a number", message, StringComparison.Ordinal);
        Assert.Contains("CsvOptions.AllRows", message, StringComparison.Ordinal);
        var sizes = await Of(text, new CsvOptions { InferenceRows = CsvOptions.AllRows }).ReadTextsAsync("size", TestContext.Current.CancellationToken);
        Assert.Equal("big", sizes[4321]);
        Assert.Equal("4322.5", sizes[4322]);
    }

    [Fact]
    public async Task A_huge_cell_is_read_whole_and_a_quote_never_closed_stops_at_the_limit()
    {
        var huge = new string('x', 3_000_000);
        Assert.Equal(huge, (await Of($"a,b\n1,\"{huge}\"\n2,y\n").ReadTextsAsync("b", TestContext.Current.CancellationToken))[0]);
        var rows = string.Concat(Enumerable.Repeat("1,x\n", 100_000));
        var message = await FaultAsync(Of($"a,b\n{rows}\"{huge}", new CsvOptions { MaxRowBytes = 1_000_000 }));
        Assert.Contains("line 100002", message, StringComparison.Ordinal);
        Assert.Contains("MaxRowBytes", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_files_are_read_as_a_plain_state_machine_reads_them_at_every_chunk_and_vector_boundary()
    {
        var token = TestContext.Current.CancellationToken;
        string[] pieces = ["", "a", "bc", "\"q\"", "\"x\"\"y\"", "\"l\n2\"", "\"c,d\"", "it\"s", "é", "0123456789012345678901234567890123", "\"\"", "\"a\r\nb\""];
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var width = random.Next(1, 6);
            var lineEnd = random.Next(3) switch { 0 => "\r\n", _ => "\n" };
            var rows = seed % 10 == 0 ? 20_000 : random.Next(1, 60);
            var text = new StringBuilder();
            for (var row = 0; row < rows; row++)
            {
                text.AppendJoin(',', Enumerable.Range(0, width).Select(i => i == 0 && row == 0 ? "first" : pieces[random.Next(pieces.Length)]));
                text.Append(row == rows - 1 && random.Next(2) == 0 && width > 1 ? "" : lineEnd);
            }

            var expected = Oracle(text.ToString(), width);
            var dataset = Of(text.ToString(), AllText with { Types = Enumerable.Range(1, width).ToDictionary(i => $"column{i}", _ => CellType.Text) });
            var offset = random.Next(expected.Count);
            for (var i = 0; i < width; i++)
            {
                Assert.Equal(expected.Select(row => row[i]), await dataset.ReadTextsAsync($"column{i + 1}", token));
                var part = new List<string?>();
                await foreach (var batch in dataset.ReadAsync(new DatasetReadOptions { Columns = [$"column{i + 1}"], Offset = offset, Limit = 7, BatchSize = 3 }, token))
                {
                    Assert.InRange(batch.Length, 1, 3);
                    part.AddRange(Enumerable.Range(0, batch.Length).Select(row => ((Apache.Arrow.StringArray)batch.Column(0)).GetString(row)));
                }

                Assert.Equal(expected.Skip(offset).Take(7).Select(row => row[i]), part);
            }
        }
    }

    [Fact]
    public async Task What_was_decided_is_said_with_its_reasons()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "said.csv");
        await File.WriteAllTextAsync(path, "id;price;zip;since\n1;2,5;01234;2026-01-02\n2;x;99999;\n", TestContext.Current.CancellationToken);
        var format = await CsvFormat.DetectAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((';', '"', true, ',', "utf-8"), (format.Delimiter, format.Quote, format.HasHeader, format.DecimalSeparator, format.Encoding.WebName));
        Assert.Equal([CellType.Integer, CellType.Text, CellType.Text, CellType.Date], format.Columns.Select(column => column.Type));
        var text = format.ToString();
        Assert.Contains("Delimiter ';': splits 3 of the first 3 rows into 4 cells.", text, StringComparison.Ordinal);
        Assert.Contains("price  Text     2 values; 'x' in row 2 is not a number", text, StringComparison.Ordinal);
        Assert.Contains("since  Date     1 values, 1 missing", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled_and_several_readers_do_not_disturb_each_other()
    {
        var token = TestContext.Current.CancellationToken;
        var dataset = Of("n,text\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i},t{i % 100}\n")));
        var sums = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => (await dataset.ReadNumbersAsync("n", token)).Sum()));
        Assert.All(sums, sum => Assert.Equal(199_999 * 100_000.0, sum));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var batch in dataset.ReadAsync(new DatasetReadOptions { BatchSize = 100 }, stop.Token))
            {
                batch.Dispose();
                await stop.CancelAsync();
            }
        });
        Assert.Equal(new[] { 0.0, 1, 2 }, await dataset.Take(3).ReadNumbersAsync("n", token));
    }

    [Theory]
    [InlineData("a,b\r\"x\ry\",1\r2,3\r", "a,b:x\ry,1;2,3")]
    [InlineData("a,b\n\"x\ry\",1\n2,3\n", "a,b:x\ry,1;2,3")]
    [InlineData("a,b\r\n1,2\r3,4\n5,6\r\n", "a,b:1,2;3,4;5,6")]
    [InlineData("a,b\n#1,2\n\n\"\"\"\",\n", "a,b:#1,2;\",-")]
    [InlineData("a,b\n\"1\"\"5\",2\n", "a,b:1\"5,2")]
    [InlineData("sep='\na'b\n1'2\n", "a,b:1,2")]
    public async Task Line_ends_of_all_kinds_may_stand_in_one_file_and_quotes_keep_theirs(string text, string expected) => Assert.Equal(expected, await TextAsync(Of(text)));

    [Theory]
    [InlineData('x', null)]
    [InlineData('7', null)]
    [InlineData(null, 'q')]
    [InlineData('"', null)]
    [InlineData(';', ';')]
    public void What_cannot_stand_between_or_around_cells_is_refused_as_an_option(char? delimiter, char? quote) =>
        Assert.Throws<ArgumentException>(() => Of("a\n", new CsvOptions { Delimiter = delimiter, Quote = quote }));

    // RFC 4180 a character at a time; a line without any character is a row only where rows have one cell.
    private static List<string?[]> Oracle(string text, int width)
    {
        List<string?[]> rows = [];
        List<string?> row = [];
        for (var at = 0; at < text.Length || row.Count > 0;)
        {
            var (cell, quoted) = (new StringBuilder(), false);
            if (at < text.Length && text[at] == '"')
            {
                quoted = true;
                for (at++; text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"'); at++)
                {
                    at += text[at] == '"' ? 1 : 0;
                    cell.Append(text[at]);
                }

                at++;
            }

            while (!quoted && at < text.Length && text[at] is not (',' or '\n' or '\r'))
            {
                cell.Append(text[at++]);
            }

            row.Add(cell.Length == 0 && !quoted ? null : cell.ToString());
            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }

            at += at < text.Length && text[at] == '\r' ? 2 : 1;
            if (row.Count == width && (width == 1 || row.Count > 1))
            {
                rows.Add([.. row]);
            }

            row.Clear();
        }

        return rows;
    }
}
