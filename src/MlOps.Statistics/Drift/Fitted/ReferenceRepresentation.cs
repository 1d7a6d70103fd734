namespace MlOps.Statistics;

/// <summary>In what form a <see cref="FittedReference"/> keeps its column.</summary>
public enum ReferenceRepresentation
{
    /// <summary>Every distinct number and how often it occurs: statistics against it are exact.</summary>
    ExactValues,

    /// <summary>Counts of numbers in cells between quantiles: statistics against it are intervals.</summary>
    QuantileCells,

    /// <summary>Every category by name and how often it occurs.</summary>
    Categories,

    /// <summary>Categories counted by a hash of their name, since there were too many to keep.</summary>
    HashedCategories,
}
