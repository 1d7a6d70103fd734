using MlOps.Tracking;

namespace MlOps.Sql;

/// <summary>
/// Which rows a search walks, as <c>r</c>: all runs; the runs that have a field, in the order of its index, with the field's row as <c>o</c>;
/// or those that do not have it.
/// </summary>
/// <param name="Field">The metric, parameter or tag; null for all runs.</param>
/// <param name="Rank">The rank of the field's value in the rows that are walked.</param>
internal sealed record SqlRunSource(RunField? Field, int Rank)
{
    public static SqlRunSource All { get; } = new(null, 0);

    public bool Has(RunField field) => Rank < 2 && IsOf(field);

    public bool Lacks(RunField field) => Rank == 2 && IsOf(field);

    private bool IsOf(RunField field) => Field is not null && Field.Kind == field.Kind && Field.Name == field.Name;
}
