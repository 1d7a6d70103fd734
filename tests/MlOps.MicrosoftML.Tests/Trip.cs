using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MlOps.MicrosoftML.Tests;

/// <summary>A row of the tests' data: every eighth has no share, as a window without events has none.</summary>
internal sealed class Trip
{
    public float Distance { get; set; }

    public float Share { get; set; }

    public string Origin { get; set; } = "";

    public bool Late { get; set; }

    public float Delay { get; set; }

    public static Trip[] Draw(int seed, int rows)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(row =>
        {
            var (distance, share, origin) = (random.NextSingle(), random.NextSingle(), random.Next(5));
            var delay = distance + (share * origin) + random.NextSingle();
            return new Trip
            {
                Distance = distance,
                Share = row % 8 == 0 ? float.NaN : share,
                Origin = $"O{origin}",
                Delay = delay,
                Late = delay > 1.8,
            };
        })];
    }

    /// <summary>What a careful user makes of missing values: the mean, and a column that tells of it.</summary>
    public static IEstimator<ITransformer> Prepared(MLContext ml) => ml.Transforms.Categorical.OneHotEncoding("OriginCode", "Origin")
        .Append(ml.Transforms.IndicateMissingValues("Missing", "Share"))
        .Append(ml.Transforms.Conversion.ConvertType("Missing", outputKind: DataKind.Single))
        .Append(ml.Transforms.ReplaceMissingValues("FilledShare", "Share", MissingValueReplacingEstimator.ReplacementMode.Mean))
        .Append(ml.Transforms.Concatenate("Features", "Distance", "FilledShare", "Missing", "OriginCode"));

    /// <summary>Missing values as they are.</summary>
    public static IEstimator<ITransformer> Raw(MLContext ml) => ml.Transforms.Concatenate("Features", "Distance", "Share");
}
