using System.Text;

namespace MlOps.Data.Tests.Files;

public sealed class JsonLinesTests
{
    private static Dataset Of(string text, JsonLinesOptions? options = null) => Of(Encoding.UTF8.GetBytes(text), options);

    private static Dataset Of(byte[] bytes, JsonLinesOptions? options = null) =>
        Dataset.FromJsonLines("rows.jsonl", _ => Task.FromResult<Stream>(new MemoryStream(bytes)), options ?? new JsonLinesOptions());

    private static async Task<string> TextAsync(Dataset dataset, params string[] columns)
    {
        var token = TestContext.Current.CancellationToken;
        var schema = await dataset.GetSchemaAsync(token);
        var names = columns.Length > 0 ? columns : [.. schema.FieldsList.Select(field => field.Name)];
        var cells = new List<string?[]>();
        foreach (var name in names)
        {
            cells.Add(await dataset.ReadTextsAsync(name, token));
        }

        return string.Join(",", names.Select(name => $"{name} {schema.GetFieldByName(name).DataType.Name}")) + ":" + string.Join(";", Enumerable.Range(0, cells[0].Length).Select(row => string.Join(",", cells.Select(column => column[row] ?? "-"))));
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":\"x\"}\n{\"b\":\"y\",\"a\":2}\n", "a int64,b utf8:1,x;2,y")]
    [InlineData("{\"a\":1}\r\n\r\n{\"b\":true}", "a int64,b bool:1,-;-,true")]
    [InlineData("{\"a\":1}\n{\"a\":2.5}\n{\"a\":null}\n{\"a\":\"NaN\"}\n", "a double:1;2.5;-;NaN")]
    [InlineData("{\"a\":1}\n{\"a\":\"x\"}\n{\"a\":false}\n", "a utf8:1;x;false")]
    [InlineData("{\"a\":\"2026-01-02\"}\n{\"a\":\"2026-01-03\"}\n", "a date32:2026-01-02T00:00:00Z;2026-01-03T00:00:00Z")]
    [InlineData("{\"a\":\"x\\n\\u00e9\\\"\",\"\\u0062\":1}\n{\"a\":\"\",\"b\":2}\n", "a utf8,b int64:x\né\",1;,2")]
    [InlineData("{\"a\":12345678901234567890}\n", "a double:1.2345678901234567E+19")]
    [InlineData("\uFEFF{\"a\":1}\n", "a int64:1")]
    public async Task Objects_become_rows_with_a_column_for_each_key(string text, string expected) => Assert.Equal(expected, await TextAsync(Of(text)));

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":}\n", "row 2 (line 2, byte 13)")]
    [InlineData("{\"a\":1}\n\n[1]\n", "row 2 (line 3, byte 9): the JSON cannot be read (A StartArray stands where an object must begin.)")]
    [InlineData("{\"a\":1}\n{\"a\":1} {\"a\":2}\n", "row 2 (line 2")]
    [InlineData("{\"a\":1,\"a\":2}\n", "column 'a': the key stands twice")]
    [InlineData("{\"a\":{\"b\":1}}\n", "column 'a': '{\"b\"…' is nested, which a column does not hold")]
    [InlineData("{\"a\":\"\\ud800\"}\n", "row 1 (line 1")]
    [InlineData("not json", "row 1 (line 1, byte 1)")]
    [InlineData("", "no columns")]
    public async Task A_malformed_line_is_an_error_with_its_place(string text, string expected)
    {
        var error = await Assert.ThrowsAsync<MlOpsException>(() => TextAsync(Of(text)));
        Assert.Equal(ErrorCodes.FileCorrupt, error.Code);
        Assert.Contains("'rows.jsonl'", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_an_error_with_their_place()
    {
        var error = await Assert.ThrowsAsync<MlOpsException>(() => TextAsync(Of([.. "{\"a\":\"x\"}\n{\"a\":\""u8, 0xE9, .. "\"}\n"u8])));
        Assert.Contains("row 2 (line 2, byte 16): the byte 0xE9 is not valid UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nested_values_become_their_text_where_asked_for_and_other_columns_are_read_beside_them()
    {
        const string Text = "{\"a\":{\"b\":[1, 2]},\"c\":3}\n";
        Assert.Equal("a utf8,c int64:{\"b\":[1, 2]},3", await TextAsync(Of(Text, new JsonLinesOptions { NestedAsText = true })));
        Assert.Equal("c int64:3", await TextAsync(Of(Text), "c"));
    }

    [Fact]
    public async Task A_key_or_type_that_comes_after_the_rows_looked_at_is_named_and_more_rows_take_it_in()
    {
        var text = string.Concat(Enumerable.Range(0, 3000).Select(i => i == 2500 ? "{\"a\":\"Jane Doe\",\"late\":1}\n" : $"{{\"a\":{i}}}\n"));
        var error = await Assert.ThrowsAsync<MlOpsException>(() => TextAsync(Of(text)));
        Assert.Contains("row 2501 (line 2501", error.Message, StringComparison.Ordinal);
        Assert.Contains("column 'a': '\"Jan…' is not a whole number", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<MlOpsException>(() => TextAsync(Of(text, new JsonLinesOptions { Types = new Dictionary<string, CellType> { ["a"] = CellType.Text } })));
        Assert.Contains("column 'late': no row of the first 1000 has this key", error.Message, StringComparison.Ordinal);
        var late = await Of(text, new JsonLinesOptions { InferenceRows = JsonLinesOptions.AllRows }).ReadNumbersAsync("late", TestContext.Current.CancellationToken);
        Assert.Equal((2999, 1.0), (late.Count(double.IsNaN), late[2500]));
    }

    [Fact]
    public async Task Rows_past_a_chunk_keep_their_order_and_a_part_of_them_can_be_read()
    {
        var token = TestContext.Current.CancellationToken;
        var dataset = Of(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{{\"n\":{i},\"text\":\"t{i % 7}\"}}\n")));
        Assert.Equal(Enumerable.Range(0, 100_000).Select(i => (double)i), await dataset.ReadNumbersAsync("n", token));
        List<long> part = [];
        await foreach (var batch in dataset.ReadAsync(new DatasetReadOptions { Columns = ["n"], Offset = 70_001, Limit = 10, BatchSize = 4 }, token))
        {
            part.AddRange(((Apache.Arrow.Int64Array)batch.Column(0)).Values);
        }

        Assert.Equal(Enumerable.Range(70_001, 10).Select(i => (long)i), part);
    }
}
