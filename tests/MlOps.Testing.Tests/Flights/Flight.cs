using System.ComponentModel.DataAnnotations;
using MlOps.Data;

namespace MlOps.Testing.Tests.Flights;

/// <summary>A flight of samples/data: an arrival more than an hour early or twelve hours late is a recording error.</summary>
[CheckedRow(Name = "flights", Naming = ColumnNaming.SnakeCase)]
public sealed partial record Flight
{
    [TimeRange("2001-01-01", "2001-07-01")]
    public required DateTimeOffset Date { get; init; }

    [Range(-60, 720)]
    public required double Delay { get; init; }

    [Range(1, 6000)]
    public required double Distance { get; init; }

    [StringLength(3, MinimumLength = 3)]
    [RegularExpression("[A-Z]+")]
    public required string Origin { get; init; }

    [StringLength(3, MinimumLength = 3)]
    public required string Destination { get; init; }
}
