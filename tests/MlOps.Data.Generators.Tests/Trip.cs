using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace MlOps.Data.Generators.Tests;

/// <summary>A row with every attribute and every type of column.</summary>
[CheckedRow(Name = "trips", Naming = ColumnNaming.SnakeCase)]
public sealed partial record Trip
{
    [Range(1, 6000)]
    public required double Distance { get; init; }

    [Range(0, 1, MinimumIsExclusive = true)]
    public double? Share { get; init; }

    [Range(-5.5, 100.5)]
    [Finite]
    public float Temperature { get; init; }

    [Finite]
    [Mostly(0.5)]
    public float? Pressure { get; init; }

    [Range(0.1, 0.3)]
    [AllowedValues(0.1, 0.2, 0.3)]
    public float? Ratio { get; init; }

    [Range(0.5, 20.25)]
    public decimal? Price { get; init; }

    [Range(1, 9, MaximumIsExclusive = true)]
    [DeniedValues(4)]
    public int Seats { get; init; }

    [AllowedValues(1, 2, 3)]
    public int? Class { get; init; }

    [Range(typeof(long), "-10", "9000000000")]
    [AtLeast(nameof(Seats))]
    public long Passengers { get; init; }

    [LessThan(nameof(Passengers))]
    [AtLeast(-10.5)]
    public short? Crew { get; init; }

    [GreaterThan(0)]
    [AtMost(1e300)]
    public double? Cost { get; init; }

    [GreaterThan(-9.2233720368547748e18)]
    [LessThan(9007199254740993)]
    [NotEqualTo(nameof(Passengers))]
    public long? Serial { get; init; }

    [Range(0, double.PositiveInfinity, ErrorMessage = "{0} is counted from {1}")]
    public int? Luggage { get; init; }

    [Compare(nameof(HasReturn))]
    public bool IsOpen { get; init; }

    public bool? HasReturn { get; init; }

    [AllowedValues("AA", "UA", "DL")]
    [Column("airline")]
    public required string Carrier { get; init; }

    [Required]
    [StringLength(4, MinimumLength = 3)]
    [RegularExpression("[A-Z]+|[a-z]+")]
    public string? Origin { get; init; }

    [DeniedValues("XXX")]
    [GreaterThan(nameof(Origin))]
    [Severity(CheckSeverity.Warning)]
    public string? Destination { get; init; }

    [EmailAddress]
    [MaxLength(12)]
    public string? Mail { get; init; }

    [Url]
    [MinLength(3)]
    public string? Site { get; init; }

    [Phone]
    [Length(2, 9)]
    public string? Phone { get; init; }

    [CreditCard]
    public string? Card { get; init; }

    [HasFormat(TextFormat.Uuid)]
    [NotEqualTo(nameof(Card))]
    public string? Code { get; init; }

    [Unique]
    public string? Ticket { get; init; }

    [Range(typeof(DateTime), "2001-01-01", "2001-06-30T12:00:00Z")]
    public DateTimeOffset Departure { get; init; }

    [GreaterThan(nameof(Departure))]
    public DateTime? Arrival { get; init; }

    [AtMost(nameof(Departure))]
    [TimeRange("2001-01-01", "2001-03-01T00:00:00Z")]
    [EqualTo(nameof(Arrival))]
    [Severity(CheckSeverity.Warning)]
    public DateTimeOffset? Booked { get; init; }

    [NotMapped]
    public object? Note { get; init; }

    public double Speed => Distance / 2;
}
