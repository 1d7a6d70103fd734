namespace MlOps.Data.Schemas;

/// <summary>A constraint as it was fitted on some rows.</summary>
/// <param name="Constraint">Its name in a schema file.</param>
/// <param name="Demand">What it demands, in words.</param>
/// <param name="Why">What was seen, in words.</param>
/// <param name="Weight">How typical the faults are that it finds, from 0 to 1.</param>
/// <param name="Apply">Writes it into a column of a schema, where that can hold it.</param>
/// <param name="Add">Adds it to the checks of the column.</param>
/// <param name="Holds">Whether other rows pass it.</param>
internal sealed record ConstraintFit(
    string Constraint,
    string Demand,
    string Why,
    double Weight,
    Func<DataSchemaColumn, DataSchemaColumn> Apply,
    Action<ColumnChecks> Add,
    Func<ColumnProfile, bool> Holds)
{
    /// <summary>The form that texts have, where that is the constraint.</summary>
    public string? Format { get; init; }

    /// <summary>The share of texts that must have the form.</summary>
    public double Mostly { get; init; } = 1;
}
