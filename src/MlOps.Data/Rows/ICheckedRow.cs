namespace MlOps.Data;

/// <summary>A type whose attributes say what its values must be, for a single row as for a data set of them.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
/// <remarks>The compiler writes the members of a partial type with <see cref="CheckedRowAttribute"/>; they use no reflection and are safe to call concurrently.</remarks>
public interface ICheckedRow<TSelf>
    where TSelf : ICheckedRow<TSelf>
{
    /// <summary>The rules as a suite for a data set with the type's columns.</summary>
    static abstract DataChecks Checks { get; }

    /// <summary>Judges one row by the same rules, but those that need other rows (<see cref="UniqueAttribute"/>). Allocates nothing for a row that is right.</summary>
    static abstract RowViolations Validate(TSelf row);

    /// <summary>Says which columns rows of the type become.</summary>
    static abstract void DefineColumns(ColumnsBuilder<TSelf> columns);
}
