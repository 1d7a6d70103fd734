using FsCheck.Xunit;

namespace MlOps.Data.Tests.Profiles;

public sealed class ProfileLawsTests
{
    [Property(MaxTest = 60)]
    public async Task Merging_is_associative_and_gives_the_profile_of_the_whole(double?[] first, double?[] second, double?[] third)
    {
        var parts = await Task.WhenAll(new[] { first, second, third }.Select(ProfileAsync));
        var left = DataProfile.Merge(DataProfile.Merge(parts[0], parts[1]), parts[2]);
        var right = DataProfile.Merge(parts[0], DataProfile.Merge(parts[1], parts[2]));
        var whole = await ProfileAsync([.. first, .. second, .. third]);
        foreach (var merged in new[] { left, right })
        {
            Assert.Equal(whole.RowCount, merged.RowCount);
            foreach (var (expected, actual) in whole.Columns.Zip(merged.Columns))
            {
                Assert.Equal(
                    (expected.Count, expected.MissingCount, expected.Distinct, expected.Minimum, expected.Maximum,
                        (expected.ZeroCount, expected.NegativeCount, expected.IsWhole)),
                    (actual.Count, actual.MissingCount, actual.Distinct, actual.Minimum, actual.Maximum,
                        (actual.ZeroCount, actual.NegativeCount, actual.IsWhole)));
                Assert.Equal(
                    (expected.MinLength, expected.MaxLength, expected.MeanLength, expected.EmptyCount, expected.TrueShare,
                        expected.Earliest, expected.Latest),
                    (actual.MinLength, actual.MaxLength, actual.MeanLength, actual.EmptyCount, actual.TrueShare, actual.Earliest,
                        actual.Latest));
                Assert.Equal(expected.TopValues, actual.TopValues);
                Assert.Equal(expected.Patterns, actual.Patterns);
                Assert.Equal(expected.TimeHistogram?.Counts ?? [], actual.TimeHistogram?.Counts ?? []);
            }
        }
    }

    [Fact]
    public async Task Quantiles_of_many_merged_windows_keep_the_stated_rank_error()
    {
        var token = TestContext.Current.CancellationToken;
        DataProfile? merged = null;
        for (var window = 0; window < 30; window++)
        {
            var random = new Random(window);
            var part = await Dataset.FromEnumerable("window", Enumerable.Range(0, 20_000), c => c
                .Column("even", _ => random.NextDouble()).Column("few", _ => random.Next(500) / 500.0)).ProfileAsync(
                    cancellationToken: token);
            merged = merged is null ? part : DataProfile.Merge(merged, part);
        }

        Assert.Equal(600_000, merged!.RowCount);
        for (var probability = 0.02; probability < 1; probability += 0.02)
        {
            Assert.Equal(probability, merged["even"].Quantile(probability)!.Value, 0.02);
            Assert.Equal(probability, merged["few"].Quantile(probability)!.Value, 0.02);
        }
    }

    private static Task<DataProfile> ProfileAsync(double?[] values) => Dataset.FromEnumerable("any", values, c => c
        .Column("number", value => value is { } number && double.IsFinite(number) ? number : (double?)null)
        .Column("text", value => value is null ? null : $"{(long)Math.Clamp(value.Value % 50, -50, 50)}")
        .Column("flag", value => value > 0)
        .Column("at", value => DateTimeOffset.UnixEpoch.AddSeconds((long)Math.Clamp((value ?? 0) % 1e9, -1e9, 1e9)))).ProfileAsync();
}
