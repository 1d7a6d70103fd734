using MlOps.Data;

namespace MlOps.Testing.Tests;

/// <summary>Environment variables belong to the whole process: these tests run while no others do.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class EnvironmentVariables;

[Collection(typeof(EnvironmentVariables))]
public sealed class ProfileBaselineTests : IDisposable
{
    private static readonly string[] _variables = ["CI", ProfileBaselineOptions.UpdateVariable];
    private readonly string?[] _before = [.. _variables.Select(Environment.GetEnvironmentVariable)];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("baselines-");

    public ProfileBaselineTests()
    {
        foreach (var variable in _variables)
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Kept => Path.Combine(_folder.FullName, "trips.profile.json");

    public void Dispose()
    {
        for (var i = 0; i < _variables.Length; i++)
        {
            Environment.SetEnvironmentVariable(_variables[i], _before[i]);
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_first_run_writes_the_file_and_the_next_compare_with_it()
    {
        var first = await DataAssert.MatchesProfileAsync(Trips(1), Kept, cancellationToken: Token);
        var written = await File.ReadAllBytesAsync(Kept, Token);
        Assert.False(first.HasDrift);
        Assert.Equal(3000, (await DataProfile.LoadAsync(Kept, cancellationToken: Token)).RowCount);
        var second = await DataAssert.MatchesProfileAsync(Trips(2), Kept, cancellationToken: Token);
        Assert.Equal(["carrier missing", "carrier values", "distance missing", "distance values"], second.Findings.Select(finding => $"{finding.Column} {finding.Aspect}").Order());
        Assert.Equal(written, await File.ReadAllBytesAsync(Kept, Token));
    }

    [Fact]
    public async Task Other_rows_of_the_same_source_pass()
    {
        await DataAssert.MatchesProfileAsync(Trips(0), Kept, cancellationToken: Token);
        var failed = 0;
        for (var seed = 1; seed <= 30; seed++)
        {
            try
            {
                await DataAssert.MatchesProfileAsync(Trips(seed), Kept, cancellationToken: Token);
            }
            catch (AssertionFailedException)
            {
                failed++;
            }
        }

        Assert.InRange(failed, 0, 3);
    }

    [Fact]
    public async Task What_changed_is_shown_as_a_table_with_the_command_that_accepts_it()
    {
        await DataAssert.MatchesProfileAsync(Trips(1), Kept, cancellationToken: Token);
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.MatchesProfileAsync(Trips(2, shift: 30, missing: 0.2), Kept, cancellationToken: Token));
        var lines = failure.Message.Split('\n');
        Assert.Equal("'trips' (3,000 rows) is not as its profile says (3,000 rows): 2 of 4 comparisons differ.", lines[0]);
        Assert.StartsWith("  column    compared  effect", lines[1], StringComparison.Ordinal);
        Assert.Matches(@"^  distance  values    0\.\d+.*median \d.* → \d", lines[2]);
        Assert.Matches(@"^  carrier   missing   0\.\d+ +0 +0% → \d+", lines[3]);
        Assert.Equal($"If the data are right, write the profile anew and commit it: dotnet test -e MLOPS_UPDATE_BASELINES=1 writes {Kept}", lines[4]);
    }

    [Fact]
    public async Task A_column_that_is_gone_or_new_or_of_another_kind_fails()
    {
        await DataAssert.MatchesProfileAsync(Trips(1), Kept, cancellationToken: Token);
        var other = Dataset.FromEnumerable("trips", Enumerable.Range(0, 100), columns => columns.Column("carrier", i => i).Column("delay", i => i));
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.MatchesProfileAsync(other, Kept, cancellationToken: Token));
        Assert.Contains("distance  column                     The column is gone.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("carrier   column                     It held values of the kind Text, now Number.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("delay     column                     The column is new.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_variable_has_the_file_written_anew_and_the_new_data_pass()
    {
        await DataAssert.MatchesProfileAsync(Trips(1), Kept, cancellationToken: Token);
        Environment.SetEnvironmentVariable(ProfileBaselineOptions.UpdateVariable, "1");
        await DataAssert.MatchesProfileAsync(Trips(2, shift: 30), Kept, cancellationToken: Token);
        Environment.SetEnvironmentVariable(ProfileBaselineOptions.UpdateVariable, "0");
        await DataAssert.MatchesProfileAsync(Trips(3, shift: 30), Kept, cancellationToken: Token);
        await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.MatchesProfileAsync(Trips(1), Kept, cancellationToken: Token));
    }

    [Fact]
    public async Task A_build_server_never_writes_what_was_not_committed()
    {
        Environment.SetEnvironmentVariable("CI", "true");
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.MatchesProfileAsync(Trips(1), Kept, cancellationToken: Token));
        Assert.Contains($"'{Kept}' of 'trips' is not there", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Kept));
        await DataAssert.MatchesProfileAsync(Trips(1), Kept, new ProfileBaselineOptions { MustExist = false }, Token);
        await DataAssert.MatchesProfileAsync(Trips(1), Kept, cancellationToken: Token);
    }

    [Fact]
    public async Task Data_without_a_row_never_match_and_are_never_written()
    {
        var none = Trips(1, rows: 0);
        await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.MatchesProfileAsync(none, Kept, cancellationToken: Token));
        Assert.False(File.Exists(Kept));
        await DataAssert.MatchesProfileAsync(Trips(1), Kept, cancellationToken: Token);
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() => DataAssert.MatchesProfileAsync(none, Kept, cancellationToken: Token));
        Assert.StartsWith("'trips' has no row", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", ErrorCodes.InvalidConfiguration, "newer than 1")]
    [InlineData("\"row_count\": 3000", "\"row_count\": 2999", ErrorCodes.FileCorrupt, "contradicts its type or the number of rows")]
    [InlineData("\"name\": \"distance\"", "\"name\": \"carrier\"", ErrorCodes.FileCorrupt, "Two columns have the same name")]
    [InlineData("\"quantiles\": \"", "\"quantiles\": \"AAAA", ErrorCodes.FileCorrupt, "trips.profile.json")]
    [InlineData("{", "", ErrorCodes.FileCorrupt, "trips.profile.json")]
    public async Task A_file_that_was_tampered_with_or_is_newer_is_refused_and_an_update_replaces_it(string from, string to, string code, string words)
    {
        await DataAssert.MatchesProfileAsync(Trips(1), Kept, cancellationToken: Token);
        var text = await File.ReadAllTextAsync(Kept, Token);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0);
        await File.WriteAllTextAsync(Kept, string.Concat(text.AsSpan(0, at), to, text.AsSpan(at + from.Length)), Token);
        var error = await Assert.ThrowsAsync<MlOpsException>(() => DataAssert.MatchesProfileAsync(Trips(1), Kept, cancellationToken: Token));
        Assert.Equal(code, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        await DataAssert.MatchesProfileAsync(Trips(1), Kept, new ProfileBaselineOptions { Update = true }, Token);
        await DataAssert.MatchesProfileAsync(Trips(1), Kept, cancellationToken: Token);
    }

    [Fact]
    public async Task A_relative_path_starts_at_the_source_file_of_the_test()
    {
        await DataAssert.MatchesProfileAsync(Trips(1), "profiles/trips.json", cancellationToken: Token, sourceFile: Path.Combine(_folder.FullName, "TripTests.cs"));
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "profiles", "trips.json")));
    }

    [Fact]
    public async Task Where_the_sources_are_not_nothing_is_written()
    {
        var failure = await Assert.ThrowsAsync<AssertionFailedException>(() =>
            DataAssert.MatchesProfileAsync(Trips(1), "nowhere.json", cancellationToken: Token, sourceFile: "/_/tests/TripTests.cs"));
        Assert.Contains(Path.Combine(AppContext.BaseDirectory, "nowhere.json"), failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, "nowhere.json")));
    }

    [Fact]
    public async Task Personal_values_stay_out_of_the_file()
    {
        await DataAssert.MatchesProfileAsync(Trips(1), Kept, cancellationToken: Token);
        Assert.NotEmpty((await DataProfile.LoadAsync(Kept, cancellationToken: Token))["carrier"].TopValues);
        var options = new ProfileBaselineOptions { Update = true, Profile = new() { PersonalColumns = ["carrier"] } };
        await DataAssert.MatchesProfileAsync(Trips(1), Kept, options, Token);
        Assert.Empty((await DataProfile.LoadAsync(Kept, cancellationToken: Token))["carrier"].TopValues);
    }

    private static Dataset Trips(int seed, double shift = 0, double missing = 0, int rows = 3000)
    {
        var random = new Random(seed);
        var trips = Enumerable.Range(0, rows).Select(_ => (
            Distance: shift + (100 * Math.Sqrt(random.NextDouble())),
            Carrier: random.NextDouble() < missing ? null : random.Next(3) == 0 ? "AA" : "UA")).ToArray();
        return Dataset.FromEnumerable("trips", trips, columns => columns.Column("distance", trip => trip.Distance).Column("carrier", trip => trip.Carrier));
    }
}
