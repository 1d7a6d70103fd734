using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MlOps.Data.Generators;

/// <summary>A property that is a column, with its rules.</summary>
internal sealed class RowColumn(IPropertySymbol property, string name, CellType type, int index)
{
    public IPropertySymbol Property { get; } = property;

    public string Name { get; } = name;

    public CellType Type { get; } = type;

    public List<RuleCode> Rules { get; } = [];

    /// <summary>The member of <c>CheckSeverity</c>.</summary>
    public string Severity { get; set; } = "Error";

    public double? Mostly { get; set; }

    public bool IsRequired { get; set; }

    /// <summary>Whether a row without a value is wrong.</summary>
    public bool MustBeThere => IsRequired || !Type.MayMiss;

    /// <summary>The value in the code that judges a row.</summary>
    public string Value { get; } = "value" + index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether there is a value, in the code that judges a row; null where there always is one.</summary>
    public string? Has { get; } = type.Kind == CellKind.Text || type.IsOptionalValue || type.MayBeNaN
        ? "has" + index.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : null;

    /// <summary>The value's type in the code that judges a row.</summary>
    public string ValueType => Type.Kind switch
    {
        CellKind.Number => "double",
        CellKind.Boolean => "bool",
        CellKind.Text => "string?",
        _ => "long",
    };
}
