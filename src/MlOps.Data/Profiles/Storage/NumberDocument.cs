namespace MlOps.Data.Profiles.Storage;

/// <summary>What is kept of numbers: readable moments, and sketches in base64.</summary>
internal sealed record NumberDocument
{
    public required double Minimum { get; init; }

    public required double Maximum { get; init; }

    public required double Mean { get; init; }

    public double MeanRest { get; init; }

    public required double SquareSum { get; init; }

    public required double CubeSum { get; init; }

    public required double FourthSum { get; init; }

    public required long ZeroCount { get; init; }

    public required long NegativeCount { get; init; }

    public required bool Whole { get; init; }

    public required byte[] Quantiles { get; init; }

    public required byte[] Distinct { get; init; }

    public byte[]? Top { get; init; }
}
