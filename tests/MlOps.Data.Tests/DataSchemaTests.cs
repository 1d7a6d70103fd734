using FsCheck.Xunit;

namespace MlOps.Data.Tests;

public sealed class DataSchemaTests
{
    [Property(MaxTest = 200)]
    public async Task Data_always_pass_the_schema_inferred_from_them(double?[] numbers, string?[] texts, byte repeats)
    {
        var rows = Enumerable.Repeat(0, 1 + (repeats % 20)).SelectMany(_ => Enumerable.Range(0, Math.Max(numbers.Length, texts.Length))).ToArray();
        var data = Dataset.FromEnumerable("any", rows, c => c
            .Column("number", i => i < numbers.Length ? numbers[i] : null)
            .Column("text", i => i < texts.Length ? texts[i] : null)
            .Column("flag", i => i % 2 == 0)
            .Column("at", i => DateTimeOffset.UnixEpoch.AddMinutes(i)));
        var schema = DataSchema.Infer(await data.ProfileAsync());
        var report = await schema.ToChecks().RunAsync(data);
        Assert.True(report.Passed, report.ToString());
        var number = schema.Columns[0];
        Assert.True(number.Minimum is null || number.Maximum is null || number.Minimum < number.Maximum);
    }

    [Fact]
    public async Task A_schema_finds_what_was_never_seen()
    {
        var token = TestContext.Current.CancellationToken;
        var schema = DataSchema.Infer(await DatasetTests.Numbered(1000).ProfileAsync(cancellationToken: token), "expected");
        Assert.Equal(("expected", 0.0, 0.23), (schema.Name, schema.Columns[0].MissingShare, schema.Columns[1].MissingShare));
        Assert.Equal(["t0", "t1", "t2"], schema.Columns[2].Values);
        Assert.Equal((0.0, 1250.0), (schema.Columns[0].Minimum, schema.Columns[0].Maximum));
        Assert.Contains("t0, t1, t2", schema.ToText(), StringComparison.Ordinal);
        var other = Dataset.FromEnumerable("other", Enumerable.Range(0, 1000), c => c
            .Column("n", i => i == 3 ? -1 : i)
            .Column("half", i => i % 2 == 0 ? (double?)null : i)
            .Column("text", i => i == 4 ? "t9" : "t1")
            .Column("even", i => "yes"));
        var report = await schema.ToChecks().RunAsync(other, token);
        Assert.False(report.Passed);
        Assert.Equal(["at", "even", "half", "n", "text"], report.Failures.Select(failure => failure.Column).Distinct().Order());
    }

    [Fact]
    public async Task A_schema_file_reads_back_as_it_was_written()
    {
        var token = TestContext.Current.CancellationToken;
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "deep", "schema.json");
        var schema = DataSchema.Infer(await DatasetTests.Numbered(100).ProfileAsync(cancellationToken: token), "größe");
        await schema.SaveAsync(path, token);
        var text = await File.ReadAllTextAsync(path, token);
        Assert.StartsWith("{\n  \"format\": 1,\n  \"name\": \"größe\",", text, StringComparison.Ordinal);
        Assert.Contains("\"missing_share\"", text, StringComparison.Ordinal);
        Assert.Equal(["schema.json"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
        await File.WriteAllTextAsync(path, "\uFEFF// reviewed\n" + text, token);
        var loaded = await DataSchema.LoadAsync(path, token);
        Assert.Equal(schema.Columns.Select(column => column with { Values = null }), loaded.Columns.Select(column => column with { Values = null }));
        Assert.Equal(schema.Columns.Select(column => string.Join('|', column.Values ?? [])), loaded.Columns.Select(column => string.Join('|', column.Values ?? [])));
    }

    [Theory]
    [InlineData("{\n  \"format\": 1,\n  \"name\": oops", "line 3")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"columns\":[\n{\"name\":\"n\",\"type\":\"number\",\"minimun\":1}]}", "minimun")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"columns\":[{\"name\":\"n\",\"type\":\"integer\"}]}", "unknown type 'integer'")]
    [InlineData("{\"format\":2,\"name\":\"a\",\"tables\":[]}", "newer than 1")]
    [InlineData("{\"format\":1,\"name\":\"a\"}", "columns")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"columns\":[{\"name\":\"n\",\"type\":\"number\",\"minimum\":2,\"maximum\":1}]}", "minimum above its maximum")]
    [InlineData("{\"format\":1,\"name\":\"a\",\"columns\":[{\"name\":\"n\",\"type\":\"text\"},{\"name\":\"n\",\"type\":\"text\"}]}", "twice")]
    [InlineData("null", "null")]
    public async Task A_wrong_schema_file_is_refused_with_its_place(string content, string expected)
    {
        var token = TestContext.Current.CancellationToken;
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "schema.json");
        await File.WriteAllTextAsync(path, content, token);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => DataSchema.LoadAsync(path, token));
        Assert.Equal(ErrorCodes.InvalidConfiguration, error.Code);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_file_that_is_not_there_is_named()
    {
        var error = await Assert.ThrowsAsync<MlOpsException>(() => DataSchema.LoadAsync("no-such-schema.json", TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.FileNotFound, error.Code);
    }
}
