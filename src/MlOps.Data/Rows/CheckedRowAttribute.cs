namespace MlOps.Data;

/// <summary>Has the compiler derive checks from a type's attributes: the type then is an <see cref="ICheckedRow{TSelf}"/>.</summary>
/// <remarks>
/// <para>
/// The type and those around it are partial. A property is a column when it can be set, is a constructor parameter of a record, or bears
/// one of the attributes; <c>[NotMapped]</c> leaves it out and <c>[Column("name")]</c> names it, both of
/// <c>System.ComponentModel.DataAnnotations.Schema</c>. Its value must be there unless its type is nullable.
/// </para>
/// <para>
/// Understood of <c>System.ComponentModel.DataAnnotations</c>, in their meaning there: <c>Required</c>, <c>Range</c>, <c>StringLength</c>,
/// <c>MinLength</c>, <c>MaxLength</c>, <c>Length</c>, <c>RegularExpression</c>, <c>EmailAddress</c>, <c>Url</c>, <c>Phone</c>,
/// <c>CreditCard</c>, <c>AllowedValues</c>, <c>DeniedValues</c> and <c>Compare</c>; but a missing value is judged by the type and
/// <c>Required</c> alone, numbers are compared as they are, never rounded to the type of a limit, and the forms of addresses and card
/// numbers are those of <see cref="TextFormat"/>, which are stricter. <c>ErrorMessage</c> names the rule. Any other validation attribute is
/// an error of the build: a rule that is written down is never passed over.
/// </para>
/// <para>
/// The code that is written is clean for trimming and native code. .NET itself warns (IL2026) of <c>MinLength</c>, <c>MaxLength</c>,
/// <c>Length</c>, <c>Compare</c> and <c>Range(Type, …)</c>: write <c>StringLength</c>, <see cref="EqualToAttribute"/> and
/// <see cref="TimeRangeAttribute"/> there.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class CheckedRowAttribute : Attribute
{
    /// <summary>How columns are named after properties. Default: as the property is written.</summary>
    public ColumnNaming Naming { get; set; }

    /// <summary>What the checks are called in reports; null for the type's name.</summary>
    public string? Name { get; set; }
}
