using System.ComponentModel.DataAnnotations;
using BenchmarkDotNet.Attributes;
using MlOps.Data;

namespace MlOps.Benchmarks;

/// <summary>One row judged by generated code, beside .NET's own validator over the same attributes.</summary>
[MemoryDiagnoser]
public partial class RowBenchmarks
{
    private readonly Flight _right = new() { Delay = -4, Distance = 733, Origin = "SFO", Destination = "JFK", Carrier = "AA" };
    private readonly Flight _wrong = new() { Delay = -4, Distance = 9000, Origin = "SFO", Destination = "JFK", Carrier = "AA" };

    [Benchmark(Baseline = true)]
    public bool Right() => Flight.Validate(_right).Passed;

    [Benchmark]
    public bool Wrong() => Flight.Validate(_wrong).Passed;

    [Benchmark]
    public bool RightByReflection() => Validator.TryValidateObject(_right, new ValidationContext(_right), [], validateAllProperties: true);

    /// <summary>Six attributes, one of them a regular expression.</summary>
    [CheckedRow]
    internal sealed partial record Flight
    {
        [Range(-60, 720)]
        public required double Delay { get; init; }

        [Range(1, 6000)]
        public required double Distance { get; init; }

        [StringLength(3, MinimumLength = 3)]
        [RegularExpression("[A-Z]+")]
        public required string Origin { get; init; }

        [StringLength(3, MinimumLength = 3)]
        public required string Destination { get; init; }

        [AllowedValues("AA", "UA", "DL")]
        public required string Carrier { get; init; }
    }
}
