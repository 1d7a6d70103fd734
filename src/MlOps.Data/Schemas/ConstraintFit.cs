namespace MlOps.Data.Schemas;

/// <summary>A constraint as it was fitted on some rows.</summary>
/// <param name="Constraint">Its name in a schema file.</param>
/// <param name="Demand">What it demands, in words.</param>
/// <param name="Why">What was seen, in words.</param>
/// <param name="Weight">How typical the faults are that it finds, from 0 to 1.</param>
/// <param name="Apply">Writes it into a column of a schema.</param>
/// <param name="Holds">Whether other rows pass it.</param>
internal sealed record ConstraintFit(
    string Constraint,
    string Demand,
    string Why,
    double Weight,
    Func<DataSchemaColumn, DataSchemaColumn> Apply,
    Func<ColumnProfile, bool> Holds);
