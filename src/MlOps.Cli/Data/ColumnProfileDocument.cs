using System.Globalization;
using System.Text.Json.Serialization;
using MlOps.Data;
using MlOps.Statistics;

namespace MlOps.Cli.Data;

/// <summary>A column's profile as JSON shows it; what the kind of column does not have is left out.</summary>
internal sealed record ColumnProfileDocument
{
    public required string Name { get; init; }

    public required ColumnKind Type { get; init; }

    public required long Count { get; init; }

    public required long MissingCount { get; init; }

    public required double MissingShare { get; init; }

    public required bool Personal { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Distinct { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Minimum { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Maximum { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Mean { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? StandardDeviation { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Skewness { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Kurtosis { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ZeroCount { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? NegativeCount { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Quantiles { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProfileHistogram? Histogram { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProfileTimeHistogram? TimeHistogram { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HeavyHitter>? TopValues { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HeavyHitter>? Patterns { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? EmptyCount { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MinLength { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxLength { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MeanLength { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Earliest { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Latest { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TrueShare { get; init; }

    public static ColumnProfileDocument Of(ColumnProfile column) => new()
    {
        Name = column.Name,
        Type = column.Type,
        Count = column.Count,
        MissingCount = column.MissingCount,
        MissingShare = column.MissingShare,
        Personal = column.IsPersonal,
        Distinct = column.Distinct,
        Minimum = column.IsPersonal ? null : column.Minimum,
        Maximum = column.IsPersonal ? null : column.Maximum,
        Mean = column.Mean,
        StandardDeviation = column.StandardDeviation,
        Skewness = column.Skewness,
        Kurtosis = column.Kurtosis,
        ZeroCount = column.ZeroCount,
        NegativeCount = column.NegativeCount,
        Quantiles = column.Quantiles.Count == 0
            ? null : column.Quantiles.ToDictionary(pair => pair.Key.ToString(CultureInfo.InvariantCulture), pair => pair.Value),
        Histogram = column.IsPersonal ? null : column.Histogram,
        TimeHistogram = column.IsPersonal ? null : column.TimeHistogram,
        TopValues = column.TopValues.Count == 0 ? null : column.TopValues,
        Patterns = column.Patterns.Count == 0 ? null : column.Patterns,
        EmptyCount = column.EmptyCount,
        MinLength = column.MinLength,
        MaxLength = column.MaxLength,
        MeanLength = column.MeanLength,
        Earliest = column.IsPersonal ? null : column.Earliest,
        Latest = column.IsPersonal ? null : column.Latest,
        TrueShare = column.TrueShare,
    };
}
