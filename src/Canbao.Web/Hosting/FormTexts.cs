using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Canbao.Web.Hosting;

/// <summary>How forms are read: an empty field is an empty text, and what cannot be read is told in Chinese.</summary>
static class FormTexts
{
    public static void Use(MvcOptions options)
    {
        // Rooms say what may not be empty, once for pages and files alike.
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        options.ModelMetadataDetailsProviders.Add(new EmptyStaysEmpty());
        var texts = options.ModelBindingMessageProvider;
        texts.SetAttemptedValueIsInvalidAccessor((value, _) => $"“{value}”写法不对");
        texts.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"“{value}”写法不对");
        texts.SetUnknownValueIsInvalidAccessor(_ => "写法不对");
        texts.SetNonPropertyUnknownValueIsInvalidAccessor(() => "写法不对");
        texts.SetValueIsInvalidAccessor(value => $"“{value}”写法不对");
        texts.SetValueMustBeANumberAccessor(_ => "应为数字");
        texts.SetNonPropertyValueMustBeANumberAccessor(() => "应为数字");
        texts.SetValueMustNotBeNullAccessor(_ => "请填写");
        texts.SetMissingBindRequiredValueAccessor(_ => "请填写");
        texts.SetMissingKeyOrValueAccessor(() => "请填写");
        texts.SetMissingRequestBodyRequiredValueAccessor(() => "没有内容");
    }

    sealed class EmptyStaysEmpty : IDisplayMetadataProvider
    {
        public void CreateDisplayMetadata(DisplayMetadataProviderContext context) =>
            context.DisplayMetadata.ConvertEmptyStringToNull = false;
    }
}
