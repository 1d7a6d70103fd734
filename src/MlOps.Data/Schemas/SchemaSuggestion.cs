using System.Globalization;

namespace MlOps.Data;

/// <summary>A proposed constraint, with how far it can be trusted.</summary>
public sealed record SchemaSuggestion
{
    /// <summary>The column that it is about.</summary>
    public required string Column { get; init; }

    /// <summary>
    /// Its name: in a schema and as a check <c>type</c>, <c>missing_share</c>, <c>range</c>, <c>not_negative</c>, <c>values</c>,
    /// <c>length</c>, <c>pattern</c>, <c>unique</c>, <c>earliest</c> or <c>less_than</c>; as a check alone <c>format</c>, <c>whole</c>,
    /// <c>frequent_values</c>, <c>at_most</c> or <c>equal_to</c>.
    /// </summary>
    public required string Constraint { get; init; }

    /// <summary>What it demands, such as <c>0 to 1250</c>.</summary>
    public required string Demand { get; init; }

    /// <summary>Why it is proposed, in a sentence.</summary>
    public required string Why { get; init; }

    /// <summary>How many parts of the data were tried, each with the constraint fitted on all others.</summary>
    public required int Parts { get; init; }

    /// <summary>On how many of the parts it failed.</summary>
    public required int FailedParts { get; init; }

    /// <summary>
    /// The estimated share of further data sets like one part, and as right as these data, on which it would fail: (failed + ½) / (parts +
    /// 1).
    /// </summary>
    public double FalseAlarmRate => (FailedParts + 0.5) / (Parts + 1);

    /// <summary>How much it is worth, from 0 to 1: how typical the faults are that it finds, less what false alarms take away.</summary>
    public required double Usefulness { get; init; }

    internal Func<DataSchemaColumn, DataSchemaColumn> Apply { get; init; } = static column => column;

    internal Action<ColumnChecks> Add { get; init; } = static _ => { };

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Column}: {Constraint} {Demand} (false alarms: {FalseAlarmRate:0.#%})");
}
